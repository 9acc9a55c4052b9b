namespace Quantum.Feeds.Recorded;

/// <summary>
/// What of a tape is played. It is asked before a row is judged: what is wrong with a row that nobody asked for stops
/// nothing.
/// </summary>
internal sealed record TapeSelection(IReadOnlyList<Symbol> Symbols, long? FromMs, long? ToMs)
{
    public static TapeSelection Of(RecordedSettings settings) => new(settings.Symbols, settings.FromMs, settings.ToMs);

    public bool Has(Symbol symbol) => Symbols.Count == 0 || Symbols.Contains(symbol);

    public bool Has(long atMs) => !(atMs < FromMs) && !(atMs >= ToMs);

    /// <summary>
    /// True when what stands between two rows of these times may be played; 0: there is no such row.
    /// </summary>
    public bool MayBeBetween(long beforeMs, long afterMs) =>
        (beforeMs == 0 || Has(beforeMs)) && (afterMs == 0 || Has(afterMs));

    /// <summary>
    /// True when a row of that time is surely not played: where the time of the row before is inside, one that lies far
    /// before it is a fault and not another part of the tape.
    /// </summary>
    public bool IsOutside(long atMs, long lastMs) => (atMs < FromMs && lastMs < FromMs) || atMs >= ToMs;
}
