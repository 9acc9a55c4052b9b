using System.IO.Enumeration;
using Quantum.Contracts.Catalog;

namespace Quantum.Bench.Chaos;

/// <summary>What goes wrong.</summary>
internal enum ChaosFault
{
    /// <summary>kill -9, and a new start at once.</summary>
    Kill,

    /// <summary>SIGSTOP for fifteen seconds.</summary>
    Stop,

    /// <summary>A link that carries nothing and tells nobody.</summary>
    Cut,

    /// <summary>A link on which everything is late, either way.</summary>
    Slow,

    /// <summary>The disk under Redis, full or slow.</summary>
    Disk,

    /// <summary>The exchange's clock against ours.</summary>
    Clock,

    /// <summary>Redis is killed, and its replica is in charge.</summary>
    Failover,
}

/// <summary>When it strikes.</summary>
internal enum ChaosMoment
{
    /// <summary>Nothing is held and nothing under way.</summary>
    Idle,

    /// <summary>Three symbols are traded.</summary>
    Load,

    /// <summary>The exchange took an entry, and its answer is on the way.</summary>
    Answer,

    /// <summary>An entry is filled, and its stop on the way.</summary>
    Gap,

    /// <summary>Under load, right behind an operator's word that stops entries.</summary>
    Trip,
}

/// <summary>One cell of the table.</summary>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Target">With whom, or how.</param>
/// <param name="Moment">When.</param>
internal sealed record ChaosCell(ChaosFault Fault, string Target, ChaosMoment Moment)
{
    public const string Redis = "redis";

    /// <summary>The executor, while a second one waits for its seats.</summary>
    private const string OneOfTwo = "one-of-two-executors";
    private const string Executor = "executor";
    private const string Venue = "venue";
    private static readonly string[] s_venuesClients = [Executor, "market"];

    // Who, with what of each fault; the moments are all for every one.
    private static readonly (ChaosFault Fault, string[] Targets, TimeSpan Lasts)[] s_table =
    [
        (ChaosFault.Kill, [.. Services, Redis], TimeSpan.Zero),
        (ChaosFault.Failover, [Redis], TimeSpan.Zero),
        (ChaosFault.Stop, [.. Services, OneOfTwo, Redis], TimeSpan.FromSeconds(15)),
        (ChaosFault.Cut, Links, TimeSpan.FromSeconds(12)),
        (ChaosFault.Slow, Links, TimeSpan.FromSeconds(15)),
        (ChaosFault.Disk, ["full", "slow"], TimeSpan.FromSeconds(10)),
        (ChaosFault.Clock, ["ahead", "behind"], TimeSpan.FromSeconds(10)),
    ];

    /// <summary>The whole matrix.</summary>
    public static IReadOnlyList<ChaosCell> All { get; } =
    [
        .. from row in s_table
           from target in row.Targets
           from moment in Enum.GetValues<ChaosMoment>()
           select new ChaosCell(row.Fault, target, moment),
    ];

    /// <summary>As `kill:executor/load`.</summary>
    public string Name => $"{Fault}:{Target}/{Moment}".ToLowerInvariant();

    /// <summary>The service that it strikes, where it strikes one.</summary>
    public string Service => HasStandby ? Executor : Target;

    /// <summary>True when a second process of the service waits for its seats.</summary>
    public bool HasStandby => Target == OneOfTwo;

    /// <summary>Whether a pattern, with '*' for anything, names it.</summary>
    public bool Fits(string pattern) => FileSystemName.MatchesSimpleExpression(pattern, Name);

    /// <summary>How long it lasts; zero: it has happened.</summary>
    public TimeSpan Lasts => s_table.First(row => row.Fault == Fault).Lasts;

    /// <summary>True while nobody can write to Redis, this harness no more than anybody.</summary>
    public bool HidesRedis => this is { Fault: ChaosFault.Stop, Target: Redis }
        or { Fault: ChaosFault.Disk, Target: "full" };

    /// <summary>Every service of ours; the exchange is not.</summary>
    public static IEnumerable<string> Services => ServiceHosts.All.Select(host => host.Name);

    /// <summary>Who meets the exchange.</summary>
    public static bool MeetsVenue(string service) => s_venuesClients.Contains(service);

    /// <summary>The name of a link.</summary>
    public static string LinkOf(string service, bool toVenue) => $"{service}-{(toVenue ? Venue : Redis)}";

    private static string[] Links =>
    [
        .. Services.Select(service => LinkOf(service, toVenue: false)),
        .. s_venuesClients.Select(service => LinkOf(service, toVenue: true)),
    ];
}
