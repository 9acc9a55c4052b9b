using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>
/// A small venue and executor around ExitBrain, steered by numbers: prices walk, entries fill, intents are filled, cut
/// short, refused or lost, stops act. It checks after every input what must always hold.
/// </summary>
/// <param name="sign">1 trades long, -1 short.</param>
/// <param name="restarts">The role loses its process after every input.</param>
/// <param name="parts">Quantities are whole numbers of one over this. Of a third the entry price is rounded, up for the
/// one side's gain and down for the other's, and a gain that just reaches a step of the trail reaches it on one side
/// only.</param>
internal sealed class ExitWorld(int sign, bool restarts, decimal parts = 3m)
{
    private const decimal Entry = 1_000m;
    private readonly RoleBench _bench = new(() => new ExitBrainRole(Ladders.Settings));
    private readonly List<(string Id, TradeIntent Intent)> _waiting = [];
    private readonly PositionSide _side = sign > 0 ? PositionSide.Long : PositionSide.Short;
    private long _nowMs = 1_764_806_400_000;
    private decimal _offset;
    private decimal _held;
    private decimal? _stopOffset;
    private int _trades;

    /// <summary>
    /// What was published, with prices as offsets from 1000 on the gaining side: long and short must agree.
    /// </summary>
    public List<string> Log { get; } = [];

    /// <summary>Cash flows less fees plus funding by what the venue did, USD.</summary>
    public decimal VenueCashUsd { get; private set; }

    public decimal ReportedPnlUsd { get; private set; }

    public bool IsFlat => _held == 0m;

    private decimal Price => Entry + (sign * _offset);

    public void Step(int number)
    {
        var choice = Math.Abs(number % 16);
        _nowMs += 1_000 + (Math.Abs(number % 5) * 4_000);
        if (_held == 0m && choice < 6) OpenPosition(number);
        else if (choice < 9) Walk(number % 23 / 2m);
        else if (choice < 13) Answer(choice);
        else if (choice == 13) Fund(number % 7 / 3m);
        else if (choice == 14) Tell(StreamCatalog.MetaRegime, Turn(number));
        else Record(_bench.Clock(_nowMs));
    }

    /// <summary>The price falls through every stop.</summary>
    public void CloseAll()
    {
        if (_held == 0m) return;
        _offset = -500m;
        StopActs();
    }

    private void OpenPosition(int number)
    {
        _waiting.Clear();
        _held = (1 + Math.Abs(number % 40)) / parts;
        _offset = 0m;
        _stopOffset = -8m;
        Fill(_side.EntrySide(), _held, ResultKind.Intent, "entry-" + ++_trades, Outcome.Filled);
    }

    private void Walk(decimal change)
    {
        _offset = Math.Clamp(_offset + change, -200m, 200m);
        if (_held > 0m && _stopOffset is { } stop && _offset <= stop) StopActs();
        else Tell(StreamCatalog.MarketTick, Results.Tick(Price));
    }

    private void StopActs()
    {
        var quantity = _held;
        _held = 0m;
        Fill(_side.ExitSide(), quantity, ResultKind.Stop, null, Outcome.Filled);
    }

    private void Answer(int choice)
    {
        if (_waiting.Count == 0) return;
        var (id, intent) = _waiting[0];
        _waiting.RemoveAt(0);
        if (choice == 12) return;
        if (intent.DeadlineMs < _nowMs) End(id, intent, Outcome.Expired, "stale");
        else if (choice == 11 || _held == 0m) End(id, intent, Outcome.Denied, "rejected");
        else if (intent.IsStopMove()) MoveStop(id, intent);
        else Exit(id, intent, choice);
    }

    private void MoveStop(string id, TradeIntent intent)
    {
        _stopOffset = sign * (intent.StopLoss!.Value - Entry);
        End(id, intent, Outcome.Applied, "stop_moved");
    }

    private void Exit(string id, TradeIntent intent, int choice)
    {
        var wanted = Math.Min(_held, intent.Quantity ?? _held);
        var quantity = choice == 10 ? wanted / 2m : wanted;
        _held -= quantity;
        Fill(intent.Side, quantity, ResultKind.Intent, id, choice == 10 ? Outcome.PartiallyFilled : Outcome.Filled);
    }

    private void Fill(Side side, decimal quantity, ResultKind kind, string? intentId, Outcome outcome)
    {
        VenueCashUsd -= (side.Sign() * quantity * Price) + (quantity / 7m);
        Tell(StreamCatalog.ExecutionResult, Results.Fill(
            side, quantity, Price, quantity / 7m, kind: kind, positionId: $"position-{_trades}") with
        {
            IntentId = intentId, Outcome = outcome,
            Ilf = IlfContext.Unknown with { Regime = Regime.Uncertain, AtrValue = 0.002 },
            StopPrice = StopPrice(),
        });
    }

    private void End(string id, TradeIntent intent, Outcome outcome, string code) =>
        Tell(StreamCatalog.ExecutionResult, Results.Fill(intent.Side, 0m, 1m) with
        {
            IntentId = id, AveragePrice = null, Outcome = outcome, ReasonCode = code,
            StopPrice = _held == 0m ? null : StopPrice(),
        });

    private void Fund(decimal usd)
    {
        if (_held > 0m) VenueCashUsd += usd;
        Tell(StreamCatalog.ExecutionResult, Results.Funding(usd));
    }

    private decimal? StopPrice() => _stopOffset is { } offset ? Entry + (sign * offset) : null;

    private static MetaRegime Turn(int number) => new()
    {
        Regime = number % 3 == 0 ? Regime.Volatile : Regime.Range,
        Confidence = 0.9,
        Samples = 50,
        PreviousRegime = Regime.Unknown,
    };

    private void Tell<TEvent>(EventStream<TEvent> stream, TEvent payload) where TEvent : struct =>
        Record(_bench.Send(stream, payload, _nowMs));

    private void Record(RecordingOutbox outbox)
    {
        foreach (var (id, intent) in outbox.IdsOf(StreamCatalog.TradeIntent).Zip(outbox.Of(StreamCatalog.TradeIntent)))
            Check(id, intent);
        foreach (var trade in outbox.Of(StreamCatalog.TradeClosed))
        {
            ReportedPnlUsd += trade.PnlUsd;
            Log.Add($"{_nowMs} closed {trade.Reason} {trade.Quantity:G20} {Math.Round(trade.PnlUsd, 9):G20}");
        }

        if (restarts) _bench.Restart();
    }

    private void Check(string id, TradeIntent intent)
    {
        Assert.True(intent.IsExit(), "ExitBrain only reduces");
        Assert.Equal(_side.ExitSide(), intent.Side);
        Assert.True(intent.DeadlineMs > _nowMs);
        if (intent.IsStopMove())
        {
            var offset = sign * (intent.StopLoss!.Value - Entry);
            Assert.True(
                _stopOffset is null || offset > _stopOffset, $"the stop loosens from {_stopOffset} to {offset}");
        }
        else
        {
            Assert.True(intent.Quantity is null || intent.Quantity < _held, $"{intent.Quantity} of {_held}");
            Assert.DoesNotContain(_waiting, sent => !sent.Intent.IsStopMove() && sent.Intent.DeadlineMs >= _nowMs);
        }

        _waiting.Add((id, intent));
        var stop = intent.StopLoss is { } price ? Math.Round(sign * (price - Entry), 9) : (decimal?)null;
        Log.Add($"{_nowMs} {intent.Reason} {intent.Quantity:G20} {stop:G20}");
    }
}
