namespace Quantum.Looking;

/// <summary>
/// Everything that one intent, order or trade led to and came from, over all ordered streams; of its own symbols alone,
/// for the bot asks for one symbol's size upon the answer to another's.
/// </summary>
/// <param name="Links">The entries with their streams, in the order of their time.</param>
/// <param name="NotSearchedWhole">Streams of which only the newest entries were searched: what is older is not
/// "nowhere".</param>
public sealed record EventChain(
    IReadOnlyList<(EventStream Stream, StreamEntry Entry)> Links, IReadOnlyList<string> NotSearchedWhole)
{
    private static readonly string[] s_names =
    [
        "event_id", "correlation_id", "causation_id", "intent_id", "signal_id", "client_order_id", "position_id",
        "trade_id", "request_id",
    ];

    /// <summary>
    /// Fields that lead on to further steps of the same chain; what caused a step is in the chain by its own id.
    /// </summary>
    private static readonly string[] s_leads =
        ["event_id", "correlation_id", "intent_id", "client_order_id", "position_id", "trade_id"];

    private static readonly EventStream[] s_streams = [.. StreamCatalog.All.Where(stream => !stream.IsTail)];

    /// <summary>Looks among the newest entries of every ordered stream, <paramref name="depth"/> of each.</summary>
    public static EventChain Of(SystemRedis look, string id, int depth)
    {
        ArgumentNullException.ThrowIfNull(look);
        var all = s_streams
            .SelectMany(stream => look.Last(stream, depth).Select(entry => (stream, entry, ids: IdsOf(entry))))
            .ToList();
        var known = new HashSet<string>(StringComparer.Ordinal) { id };
        var symbols = all.Where(a => IsNamed(a.entry, id)).Select(a => a.entry["symbol"])
            .Where(symbol => symbol.Length > 0).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<StreamEntry>(ReferenceEqualityComparer.Instance);
        bool grew;
        do
        {
            grew = false;
            foreach (var (_, entry, ids) in all)
            {
                if (!ids.Any(known.Contains) || !IsOf(symbols, entry["symbol"]) || !found.Add(entry)) continue;
                grew = true;
                known.UnionWith(s_leads.Select(lead => entry[lead]).Where(value => value.Length > 0));
            }
        }
        while (grew);

        return new EventChain(
            [
                .. all.Where(a => found.Contains(a.entry)).OrderBy(a => a.entry.IdMs).ThenBy(a => a.entry.AtMs)
                    .Select(a => (a.stream, a.entry)),
            ],
            [
                .. s_streams.Where(stream => look.Keys.KeysOf(stream).Any(key => look.Length(key) > depth))
                    .Select(stream => stream.Name),
            ]);
    }

    // By itself, not by what caused it.
    private static bool IsNamed(StreamEntry entry, string id) =>
        s_names.Any(name => name != "causation_id" && entry[name] == id);

    private static bool IsOf(HashSet<string> symbols, string symbol) =>
        symbols.Count == 0 || symbol.Length == 0 || symbols.Contains(symbol);

    private static string[] IdsOf(StreamEntry entry) =>
    [
        .. entry.Fields.Where(field => field.Value.Length > 0 && s_names.Contains(field.Key, StringComparer.Ordinal))
            .Select(field => field.Value),
    ];
}
