using Quantum.EventLog.Runner;

namespace Quantum.Learning.Journal;

/// <summary>Writes every decision, result and closed trade into the journal before it acknowledges it.</summary>
public sealed class TradeJournalGateway : Gateway
{
    private readonly Func<JournalStore> _store;
    private readonly Func<string> _run;

    /// <param name="store">The journal, asked for when the first event comes.</param>
    /// <param name="run">This run's id, likewise.</param>
    public TradeJournalGateway(Func<JournalStore> store, Func<string> run)
    {
        (_store, _run) = (store, run);
        On(StreamCatalog.DecisionMade, OnDecisionAsync);
        On(StreamCatalog.ExecutionResult, OnResultAsync);
        On(StreamCatalog.TradeClosed, OnTradeAsync);
    }

    public override string Name => RoleNames.TradeJournal;

    // One writer at a time: the embedded database takes no more, and order by stream costs nothing here.
    public override int Concurrency => 1;

    private async ValueTask OnDecisionAsync(
        DecisionMade decision, GatewayInput input, Outbox outbox, CancellationToken cancel) =>
        await _store().ExecuteAsync(
            """
            INSERT INTO decisions VALUES (
                @run, @id, @at, @symbol, @action, @side, @confidence, @reason, @signal, @model, @version)
            ON CONFLICT DO NOTHING
            """,
            cancel, ("@run", _run()), ("@id", input.EventId), ("@at", input.AtMs), ("@symbol", decision.Symbol.Name),
            ("@action", WireNames.Of(decision.Action)), ("@side", Text(decision.Side)),
            ("@confidence", decision.Confidence), ("@reason", decision.ReasonCode), ("@signal", decision.SignalId),
            ("@model", decision.ModelName), ("@version", decision.ModelVersion));

    private async ValueTask OnResultAsync(
        ExecutionResult result, GatewayInput input, Outbox outbox, CancellationToken cancel) =>
        await _store().ExecuteAsync(
            """
            INSERT INTO results VALUES (
                @run, @id, @at, @kind, @intent, @symbol, @side, @outcome, @reason, @reduce, @position, @quantity,
                @price, @fee, @funding, @exploration)
            ON CONFLICT DO NOTHING
            """,
            cancel, ("@run", _run()), ("@id", input.EventId), ("@at", input.AtMs), ("@kind", WireNames.Of(result.Kind)),
            ("@intent", result.IntentId), ("@symbol", result.Symbol.Name), ("@side", Text(result.Side)),
            ("@outcome", WireNames.Of(result.Outcome)), ("@reason", result.ReasonCode),
            ("@reduce", result.ReduceOnly ? 1 : 0), ("@position", result.PositionId),
            ("@quantity", Text(result.FilledQuantity)), ("@price", Text(result.AveragePrice)),
            ("@fee", Text(result.FeeUsd)), ("@funding", Text(result.FundingUsd)),
            ("@exploration", result.Exploration == true ? 1 : 0));

    private async ValueTask OnTradeAsync(
        TradeClosed trade, GatewayInput input, Outbox outbox, CancellationToken cancel) =>
        await _store().ExecuteAsync(
            """
            INSERT INTO trades VALUES (
                @run, @id, @trade, @symbol, @side, @opened, @closed, @entry, @exit, @quantity, @leverage, @fees,
                @funding, @pnl, @r, @reason, @model, @version, @exploration)
            ON CONFLICT DO NOTHING
            """,
            cancel, ("@run", _run()), ("@id", input.EventId), ("@trade", trade.TradeId), ("@symbol", trade.Symbol.Name),
            ("@side", WireNames.Of(trade.Side)), ("@opened", trade.OpenedAtMs), ("@closed", trade.ClosedAtMs),
            ("@entry", Text(trade.EntryPrice)), ("@exit", Text(trade.ExitPrice)), ("@quantity", Text(trade.Quantity)),
            ("@leverage", trade.Leverage), ("@fees", Text(trade.FeesUsd)), ("@funding", Text(trade.FundingUsd)),
            ("@pnl", Text(trade.PnlUsd)), ("@r", trade.RMultiple), ("@reason", trade.Reason),
            ("@model", trade.ModelName), ("@version", trade.ModelVersion),
            ("@exploration", trade.Exploration ? 1 : 0));

    // Money as text: SQLite has no decimal, and a sum must be exact to the last digit.
    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);
    private static string? Text(Side? side) => side is { } known ? WireNames.Of(known) : null;
}
