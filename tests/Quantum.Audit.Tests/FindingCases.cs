using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.EventLog;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>One thing that is wrong, made on a real server, and the code it must be found under.</summary>
/// <param name="Code">The finding's code.</param>
/// <param name="Severity">How bad it must be said to be.</param>
/// <param name="Arrange">Makes it so.</param>
/// <param name="IsMendedByRedisCli">True when the command that its mend names makes it go away.</param>
/// <param name="Before">What the mend asks to be done by hand first.</param>
/// <param name="IsCluster">True when it takes a cluster: two masters, of which the world's is one.</param>
internal sealed record FindingCase(
    string Code, Severity Severity, Action<FindingWorld> Arrange, bool IsMendedByRedisCli = false,
    Action<FindingWorld>? Before = null, bool IsCluster = false);

/// <summary>A case for each code of <see cref="FindingCodes"/>.</summary>
internal static class FindingCases
{
    private const int OverdueHours = 31;

    public static IReadOnlyList<FindingCase> All { get; } =
    [
        new(FindingCodes.NoActiveConsumer, Severity.Critical, w =>
        {
            w.Mark();
            w.Group();
            w.Add();
        }),
        new(FindingCodes.Stuck, Severity.Critical, w =>
        {
            w.Mark();
            w.Lease();
            w.Group();
            w.AddAt(FindingWorld.NowMs - 60_000);
        }),
        new(FindingCodes.MissingGroup, Severity.Critical, w =>
        {
            w.Mark("live");
            w.Ask("XADD", StreamCatalog.OrderCommand.Key, "*", "mode", "live");
        }),
        new(FindingCodes.OrphanStream, Severity.Warning, w => w.Add()),
        new(FindingCodes.UnknownStream, Severity.Info, w => w.Ask("XADD", "orders", "*", "a", "b")),
        new(FindingCodes.PinningGroup, Severity.Warning, Pinned, IsMendedByRedisCli: true),
        new(FindingCodes.Stale, Severity.Warning, w =>
        {
            w.Mark();
            w.Group();
            foreach (var name in (string[])[StreamConsumer.Name, "pod-1", "pod-2"])
                w.Ask("XGROUP", "CREATECONSUMER", FindingWorld.Intents, FindingWorld.Execution, name);
        }, IsMendedByRedisCli: true),
        new(FindingCodes.DestroyedUnread, Severity.Critical, w =>
        {
            w.Group();
            w.Add(10);
            w.Read(1);
            w.Trim(2);
        }),
        new(FindingCodes.DestroyedPending, Severity.Critical, w =>
        {
            w.Group();
            w.Add(5);
            w.Read(4);
            w.Trim(3);
        }, IsMendedByRedisCli: true),
        new(FindingCodes.ReportedLagWrong, Severity.Info, w =>
        {
            w.Group();
            w.Add(10);
            w.ReadAndForget(1);
            w.Trim(2);
            w.ReadAndForget(10);
        }, IsMendedByRedisCli: true),
        new(FindingCodes.DeadLetters, Severity.Warning, w =>
        {
            w.Add();
            w.Ask("XADD", StreamCatalog.TradeIntent.DeadLetterKey, "*", "dlq_reason", "poison");
        }),
        new(FindingCodes.MixedModes, Severity.Critical, w =>
        {
            w.Mark();
            w.Add(1, "mode", "live");
        }),
        new(FindingCodes.UnknownSchema, Severity.Warning, w => w.Add(1, "v", "9")),
        new(FindingCodes.EvictionPolicy, Severity.Critical,
            w => w.Ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru"), IsMendedByRedisCli: true),
        new(FindingCodes.NoAppendOnlyFile, Severity.Warning, w =>
        {
            w.Mark("live");
            w.Ask("CONFIG", "SET", "appendonly", "no");
        }, IsMendedByRedisCli: true),
        new(FindingCodes.PersistenceFailed, Severity.Critical, Unsaved, IsMendedByRedisCli: true,
            w => Directory.Delete(Path.Combine(w.Folder, "dump.rdb"), recursive: true)),
        new(FindingCodes.MemoryNearLimit, Severity.Critical, w => w.Ask(
            "CONFIG", "SET", "maxmemory",
            (long.Parse(w.Server("used_memory"), CultureInfo.InvariantCulture) * 21 / 20)
                .ToString(CultureInfo.InvariantCulture)),
            IsMendedByRedisCli: true),
        new(FindingCodes.SlowCommands, Severity.Info, w => w.Ask("DEBUG", "SLEEP", "0.15")),
        new(FindingCodes.WrongType, Severity.Critical, w => w.Ask("SET", FindingWorld.Intents, "x"),
            IsMendedByRedisCli: true),
        new(FindingCodes.CouldNotAsk, Severity.Critical, w =>
        {
            w.Group();
            w.Add();
            w.Read(1);
            w.Ask("ACL", "SETUSER", "default", "-xpending");
        }, IsMendedByRedisCli: true),
        new(FindingCodes.NothingSeen, Severity.Warning, w => w.Ask("FLUSHALL")),
        new(FindingCodes.NodeAway, Severity.Critical, w => w.LoseMaster(), IsCluster: true),
        new(FindingCodes.SlotsUncovered, Severity.Critical, w => w.Ask("CLUSTER", "DELSLOTSRANGE", "0", "9"),
            IsCluster: true),
        new(FindingCodes.IsReplica, Severity.Info, w => w.FollowMaster()),
        new(FindingCodes.PositionNotClosed, Severity.Critical, w =>
        {
            w.Mark();
            w.Ask("HSET", "quantum:counts:executor", "emergency_close/close_refused/NEARUSDT", "3");
            w.Ask("HSET", "quantum:reasons:executor", "emergency_close/NEARUSDT", "1000 close_refused",
                "emergency_close/BTCUSDT", "1000 close_over");
        }),
        new(FindingCodes.PositionUnprotected, Severity.Critical, w =>
        {
            w.Mark();
            w.Ask("HSET", "quantum:reasons:executor", "protection/NEARUSDT",
                FormattableString.Invariant($"{FindingWorld.NowMs} beyond_limit"), "protection/BTCUSDT",
                "1000 beyond_limit");
        }),
        new(FindingCodes.TicksDropped, Severity.Warning, w =>
        {
            w.Mark();
            w.Ask("HSET", "quantum:counts:market_publisher", "tick/dropped/BTCUSDT", "7");
            w.Ask("HSET", "quantum:reasons:market_publisher", "tick/BTCUSDT",
                FormattableString.Invariant($"{FindingWorld.NowMs} dropped"), "tick/ETHUSDT", "1000 dropped");
        }),
        new(FindingCodes.EntriesBlocked, Severity.Warning, w => Noted(w, FindingCodes.EntriesBlocked, "warning")),
        new(FindingCodes.MarginCall, Severity.Critical, w => Noted(w, FindingCodes.MarginCall, "critical")),
        new(FindingCodes.SendLimitPassed, Severity.Critical, w => Noted(w, FindingCodes.SendLimitPassed, "critical")),
        new(FindingCodes.ClockDrift, Severity.Warning, w => Noted(w, FindingCodes.ClockDrift, "warning")),
        new(FindingCodes.VenueSettings, Severity.Warning, w => Noted(w, FindingCodes.VenueSettings, "warning")),
        new(FindingCodes.StandInLibrary, Severity.Warning, w => Noted(w, FindingCodes.StandInLibrary, "warning")),
        new(FindingCodes.ReplicaLinkDown, Severity.Critical, w =>
        {
            w.FollowMaster();
            w.LoseMaster();
        }),
        new(FindingCodes.DecisionsDiffer, Severity.Warning, w => Replayed(w, FindingWorld.NowMs)),
        new(FindingCodes.ReplayBehind, Severity.Warning, w => Replayed(w, FindingWorld.NowMs - 90_000),
            IsMendedByRedisCli: true),
        new(FindingCodes.RecorderBehind, Severity.Warning, w =>
        {
            w.Mark();
            w.Group();
            w.AddAt(FindingWorld.NowMs - 600_000);
            w.Ask("XGROUP", "CREATE", FindingWorld.Intents,
                StreamCatalog.RecorderGroupOf(StreamCatalog.TradeIntent.Name), "0");
        }),
    ];

    /// <summary>An entry that should have been trimmed hours ago is kept by a group whose reader is gone.</summary>
    public static void Pinned(FindingWorld world)
    {
        world.Mark();
        world.Group();
        world.AddAt(FindingWorld.NowMs - OverdueHours * 3_600_000L);
    }

    /// <summary>Whoever trades at an exchange tells something of it, and something that is over.</summary>
    public static void Noted(FindingWorld world, string code, string severity)
    {
        world.Mark();
        world.Ask("HSET", VenueNote.Key,
            VenueNote.Field(code, "NEARUSDT"),
            new VenueNote(severity, FindingWorld.NowMs + 60_000, 2, "NEARUSDT is so.", "mend it").Write(),
            VenueNote.Field(code, "OLDUSDT"),
            new VenueNote(severity, FindingWorld.NowMs - 60_000, 9, "OLDUSDT was so.", "none").Write());
    }

    /// <summary>A live replay told at a time that decisions differ.</summary>
    public static void Replayed(
        FindingWorld world, long atMs, int different = 3, int missed = 0, long? wholeAtMs = null)
    {
        world.Mark();
        world.Ask("HSET", ReplayKeys.Told, ReplayKeys.AtMs, $"{atMs}", ReplayKeys.WholeAtMs, $"{wholeAtMs ?? atMs}",
            ReplayKeys.Compared, "1000", ReplayKeys.Different, $"{different}", ReplayKeys.DifferPer1000, $"{different}",
            ReplayKeys.Missed, $"{missed}", ReplayKeys.First, "NEARUSDT: trading_bot on trade.intent");
    }

    /// <summary>A save cannot put its file in place, because a folder has the file's name.</summary>
    private static void Unsaved(FindingWorld world)
    {
        Directory.CreateDirectory(Path.Combine(world.Folder, "dump.rdb", "full"));
        world.Ask("BGSAVE");
        Eventually.True(() => world.Server("rdb_last_bgsave_status") == "err");
    }
}
