namespace Quantum.Venue.Accounts;

/// <summary>Which part of a list is asked for: from an id or between two times, so many at most.</summary>
internal sealed record Page(long? FromId, long? FromMs, long? ToMs, int Limit)
{
    private const int UsualLimit = 500;
    private const int MostLimit = 1000;

    /// <summary>Reads it; the refusal when a part is no number.</summary>
    /// <param name="sent">The request's parameters.</param>
    /// <param name="idName">What the first id is called.</param>
    /// <param name="page">What was read.</param>
    /// <param name="usual">How many when nothing is said.</param>
    public static VenueError? Read(Parameters sent, string idName, out Page page, int usual = UsualLimit)
    {
        page = new Page(null, null, null, usual);
        if (!sent.TryLong(idName, out var fromId)) return VenueError.Missing(idName);
        if (!sent.TryLong("startTime", out var fromMs)) return VenueError.Missing("startTime");
        if (!sent.TryLong("endTime", out var toMs)) return VenueError.Missing("endTime");
        if (!sent.TryLong("limit", out var limit) || limit < 1) return VenueError.Missing("limit");
        page = new Page(fromId, fromMs, toMs, (int)Math.Min(MostLimit, limit ?? usual));
        return null;
    }

    /// <summary>
    /// The rows of the part, in their own order: the first ones where a beginning is told, else the last ones.
    /// </summary>
    public IEnumerable<TRow> Of<TRow>(IEnumerable<TRow> rows, Func<TRow, long> idOf, Func<TRow, long> atMsOf)
    {
        var fitting = rows.Where(row => !(idOf(row) < FromId) && !(atMsOf(row) < FromMs) && !(atMsOf(row) > ToMs));
        return FromId is null && FromMs is null ? fitting.TakeLast(Limit) : fitting.Take(Limit);
    }
}
