namespace Quantum.Roles.Portfolio;

/// <summary>
/// Compares the PnL of each round trip by the portfolio's fills with what <c>trade.closed</c> says: two books kept
/// apart must agree to 1e-8 USD. Either may come first, for they stand on different streams.
/// </summary>
internal sealed class TradeSettlement(StateMap<SettlementState> waiting)
{
    private const decimal ToleranceUsd = 1e-8m;
    private const string Counter = "settlement";

    public void Settle(string tradeId, decimal ownPnlUsd, long atMs, Outbox outbox) =>
        Match(tradeId, ownPnlUsd, waiting.Find(tradeId)?.ReportedPnlUsd, new(ownPnlUsd, null, atMs), outbox);

    public void Report(string tradeId, decimal reportedPnlUsd, long atMs, Outbox outbox) =>
        Match(tradeId, waiting.Find(tradeId)?.OwnPnlUsd, reportedPnlUsd, new(null, reportedPnlUsd, atMs), outbox);

    public void DropOlderThan(long atMs, Outbox outbox)
    {
        List<string> old = [.. waiting.All.Where(entry => entry.Value.AtMs < atMs).Select(entry => entry.Key)];
        foreach (var tradeId in old)
        {
            outbox.Count(Counter, "unmatched");
            waiting.Remove(tradeId);
        }
    }

    private void Match(string tradeId, decimal? own, decimal? reported, SettlementState alone, Outbox outbox)
    {
        if (own is null || reported is null)
        {
            waiting.Set(tradeId, alone);
            return;
        }

        waiting.Remove(tradeId);
        outbox.Count(Counter, Math.Abs(own.Value - reported.Value) <= ToleranceUsd ? "matched" : "differs");
    }
}
