namespace Quantum.Looking;

/// <summary>How a word to the executor ended, in the executor's own words.</summary>
/// <param name="Outcome">filled, applied, denied, rejected, expired …</param>
/// <param name="ReasonCode">For example <c>stop_not_tighter</c>.</param>
/// <param name="Reason">The same in words with the figures.</param>
/// <param name="FilledQuantity">Base quantity, 0 where nothing was filled.</param>
/// <param name="AveragePrice">Of the fills, quote currency; null without one.</param>
/// <param name="StopPrice">Where the stop rests after it, quote currency; null when none does.</param>
/// <param name="AtMs">When, UTC epoch ms.</param>
public sealed record WordOutcome(
    string Outcome, string ReasonCode, string Reason, decimal FilledQuantity, decimal? AveragePrice,
    decimal? StopPrice, long AtMs)
{
    private const int Page = 1_000;
    private const int PollMs = 100;

    /// <summary>Null before it has ended, and for words to others.</summary>
    public static WordOutcome? Of(SystemRedis look, OperatorWord word)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(word);
        if (word.Follower != RoleNames.Executor) return null;
        // What follows from it was written after it, by the same server's clock, often in the same millisecond: the ids
        // of two streams then say nothing of their order.
        var before = new EntryId(word.Id.Ms - 1, long.MaxValue).ToString();
        foreach (var key in look.Keys.KeysOf(StreamCatalog.ExecutionResult))
        {
            var from = before;
            for (var page = look.After(key, from, Page); page.Count > 0; page = look.After(key, from, Page))
            {
                if (page.FirstOrDefault(entry => entry["intent_id"] == word.EventId) is { } end) return Of(end);
                from = page[^1].Id;
            }
        }

        return null;
    }

    /// <summary>Waits for it; null when it has not come in time.</summary>
    public static WordOutcome? Wait(SystemRedis look, OperatorWord word, TimeSpan limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(look);
        var untilMs = look.NowMs + (long)limit.TotalMilliseconds;
        var outcome = Of(look, word);
        while (outcome is null && look.NowMs < untilMs && !cancel.WaitHandle.WaitOne(PollMs)) outcome = Of(look, word);
        cancel.ThrowIfCancellationRequested();
        return outcome;
    }

    /// <summary>True when what was asked for is done.</summary>
    public bool IsDone => Outcome is "filled" or "applied";

    /// <summary>The executor's word in one line.</summary>
    public string Told => $"{Outcome}, {ReasonCode}: {Reason}";

    private static WordOutcome Of(StreamEntry end) => new(
        end["outcome"], end["reason_code"], end["reason"], Number(end["filled_quantity"]) ?? 0,
        Number(end["average_price"]), Number(end["stop_price"]), end.AtMs);

    private static decimal? Number(string text) =>
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
