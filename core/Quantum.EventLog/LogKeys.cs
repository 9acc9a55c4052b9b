using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;

namespace Quantum.EventLog;

/// <summary>
/// Every key and group name, and which shard a symbol belongs to. One shard: the audit's plain names. More: every key
/// of a shard carries its hash tag (<c>…:{q07}</c>, global ones <c>…:{qg}</c>), so that a commit stays in one slot.
/// </summary>
public sealed class LogKeys
{
    /// <summary>The shard of global streams and of roles that span symbols.</summary>
    public const int GlobalShard = -1;

    public const string HashName = "fnv1a32";
    public const string Members = "quantum:members";
    public const string Topology = "quantum:topology";

    /// <summary>Which run this Redis is of: a random id and when it was made, <c>id@ms</c>.</summary>
    public const string Run = "quantum:run:id";

    /// <summary>Hash of a tape that is published in turns; not there while none is.</summary>
    public const string Turn = "quantum:turn";

    /// <summary>Hash of the seats that have not settled the round of a tape, by stage: up to which id.</summary>
    public const string TurnWaits = "quantum:turn:waits";

    /// <summary>Set of the stages that hold something.</summary>
    public const string TurnStaged = "quantum:turn:staged";

    /// <summary>List that is not empty once they all have.</summary>
    public const string TurnBell = "quantum:turn:bell";

    /// <summary>What the names of the hashes begin with in which services tell the settings of their roles.</summary>
    public const string Settings = "quantum:settings:";

    /// <summary>What the names of the keys begin with in which services tell their version and build.</summary>
    public const string Builds = "quantum:build:";
    private const int MostShards = 256;

    public LogKeys(int shards = 1)
    {
        if (shards is < 1 or > MostShards)
            throw new ArgumentOutOfRangeException(
                nameof(shards), $"shard count {shards} is outside 1 to {MostShards}.");
        Shards = shards;
    }

    /// <summary>Number of symbol shards, 1 to 256.</summary>
    public int Shards { get; }

    /// <summary>FNV-1a, 32 bits, over the symbol's UTF-8 text, modulo the shard count.</summary>
    public int ShardOf(ReadOnlySpan<byte> symbol)
    {
        if (Shards == 1) return 0;
        var hash = 2166136261u;
        foreach (var b in symbol) hash = (hash ^ b) * 16777619u;
        return (int)(hash % (uint)Shards);
    }

    public int ShardOf(string symbol) => ShardOf(Encoding.UTF8.GetBytes(symbol));

    public string Stream(EventStream stream, int shard) => stream.Key + Tag(ShardFor(stream, shard));

    public string DeadLetters(EventStream stream, int shard) => stream.DeadLetterKey + Tag(shard);

    /// <summary>The keys of a stream's dead letters: one, or one for each shard and for the global seats.</summary>
    public IReadOnlyList<string> DeadLettersOf(EventStream stream) => Shards == 1
        ? [DeadLetters(stream, 0)]
        :
        [
            DeadLetters(stream, GlobalShard),
            .. Enumerable.Range(0, Shards).Select(shard => DeadLetters(stream, shard)),
        ];

    public string Lease(RoleSeat seat) => Of("lease", seat);

    /// <summary>List of what a seat published on a tape since the last turn.</summary>
    public string Stage(RoleSeat seat) => Of("stage", seat);

    /// <summary>List of what a seat reads of a tape's round: an id and an entry in turn.</summary>
    public string Round(RoleSeat seat) => Of("round", seat);

    public string State(RoleSeat seat) => Of("state", seat);
    public string Cursor(RoleSeat seat) => Of("cursor", seat);
    public string Journal(RoleSeat seat) => Of("journal", seat);
    public string Counts(RoleSeat seat) => Of("counts", seat);
    public string Reasons(RoleSeat seat) => Of("reasons", seat);

    /// <summary>
    /// Whether a role runs once per symbol shard, or once for the whole system: a role that publishes symbol streams
    /// must share their slots, every other one gathers.
    /// </summary>
    public static bool IsPerShard(string role) =>
        StreamCatalog.WrittenBy(role).Any(stream => stream.Shard == ShardKey.Symbol);

    /// <summary>The seats of a role: one per shard, or the global one. With one shard always shard 0.</summary>
    public IReadOnlyList<RoleSeat> SeatsOf(string role)
    {
        if (Shards == 1) return [new RoleSeat(role, 0)];
        return IsPerShard(role)
            ? [.. Enumerable.Range(0, Shards).Select(shard => new RoleSeat(role, shard))]
            : [new RoleSeat(role, GlobalShard)];
    }

    /// <summary>The seats of every role that reads a stream.</summary>
    public IEnumerable<RoleSeat> AllSeats =>
        StreamCatalog.All.SelectMany(stream => stream.Consumers).Select(consumer => consumer.Role).Distinct()
            .SelectMany(SeatsOf);

    /// <summary>
    /// What a seat reads of a stream: its own shard, the global stream (broadcast), or all shards (gather).
    /// </summary>
    public IReadOnlyList<LogLink> LinksOf(RoleSeat seat, EventStream stream)
    {
        var group = GroupOf(seat.Role, stream);
        var own = stream.IsTail ? LinkKind.Cursor : LinkKind.Group;
        if (Shards == 1) return [new LogLink(stream, stream.Key, group, own)];
        var isGlobal = stream.Shard == ShardKey.Global;
        if (isGlobal == (seat.Shard == GlobalShard))
            return [new LogLink(stream, Stream(stream, seat.Shard), group, own)];
        if (isGlobal)
        {
            group += ":" + TagName(seat.Shard);
            return [new LogLink(stream, Stream(stream, GlobalShard), group, LinkKind.Cursor)];
        }

        return
        [
            .. Enumerable.Range(0, Shards)
                .Select(shard => new LogLink(stream, Stream(stream, shard), group, LinkKind.Cursor)),
        ];
    }

    /// <summary>Every link of the catalog that the given roles' seats read: what must be quiet at a barrier.</summary>
    public IReadOnlyList<LogLink> LinksOf(IEnumerable<string> roles) =>
    [
        .. from role in roles
           from seat in SeatsOf(role)
           from stream in StreamCatalog.ReadBy(role)
           from link in LinksOf(seat, stream)
           select link,
    ];

    /// <summary>The keys a stream has: one, or one per shard.</summary>
    public IReadOnlyList<string> KeysOf(EventStream stream) => Shards == 1 || stream.Shard == ShardKey.Global
        ? [Stream(stream, GlobalShard)]
        : [.. Enumerable.Range(0, Shards).Select(shard => Stream(stream, shard))];

    /// <summary><c>{q07}</c>'s inside for a shard; empty with one shard.</summary>
    public string TagName(int shard)
    {
        if (Shards == 1) return "";
        return shard == GlobalShard ? "qg" : string.Create(CultureInfo.InvariantCulture, $"q{shard:00}");
    }

    private static string GroupOf(string role, EventStream stream) =>
        stream.Consumers.FirstOrDefault(consumer => consumer.Role == role)?.Group
        ?? throw new KeyNotFoundException(
            $"the role '{role}' is no consumer of '{stream.Name}': add it to StreamCatalog, or do not bind it.");

    private static int ShardFor(EventStream stream, int shard) => stream.Shard == ShardKey.Global ? GlobalShard : shard;

    private string Of(string kind, RoleSeat seat) => $"quantum:{kind}:{seat.Role}{Tag(seat.Shard)}";

    private string Tag(int shard) => Shards == 1 ? "" : $":{{{TagName(shard)}}}";
}
