using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>Drives ExitBrain as the executor and the market would, in one symbol, and keeps all it published.</summary>
internal sealed class ExitBench
{
    public const long Start = 1_764_806_400_000;
    private readonly bool _restarts;
    private int _position;

    public ExitBench(ExitBrainSettings? settings = null, bool restarts = false)
    {
        _restarts = restarts;
        Role = new RoleBench(() => new ExitBrainRole(settings ?? Ladders.Settings));
    }

    public RoleBench Role { get; }
    public long NowMs { get; private set; } = Start;
    public List<(string Id, TradeIntent Intent)> Intents { get; } = [];
    public List<TradeClosed> Closed { get; } = [];
    public List<string?> Correlations { get; } = [];

    public (string Id, TradeIntent Intent) Last => Intents[^1];

    public ExitBench After(long ms)
    {
        NowMs += ms;
        return this;
    }

    /// <summary>An entry fill of 1 at 100 with a stop of 2 %, in a range market, unless told otherwise.</summary>
    public void Open(
        PositionSide side = PositionSide.Long, decimal quantity = 1m, decimal price = 100m, decimal? stop = 0m,
        Regime regime = Regime.Range, decimal? liquidation = null, decimal fee = 0m) => Take(Keep(Role.Send(
            StreamCatalog.ExecutionResult,
            Results.Fill(side.EntrySide(), quantity, price, fee, positionId: $"position-{++_position}") with
            {
                StopPrice = stop == 0m ? price * (1m - (side.Sign() * 0.02m)) : stop,
                LiquidationPrice = liquidation,
                Confidence = 0.62,
                Ilf = IlfContext.Unknown with { Regime = regime, AtrValue = 0.004 },
                ModelName = "logit",
                ModelVersion = "3",
                PolicyVersion = 7,
                SignalId = "signal-1",
            },
            NowMs,
            correlationId: "life-1")));

    public void Price(decimal price, long lateMs = 0) =>
        Take(Keep(Role.Send(StreamCatalog.MarketTick, Results.Tick(price), NowMs - lateMs)));

    public void Clock() => Take(Keep(Role.Clock(NowMs)));

    public void Result(ExecutionResult result) => Take(Keep(Role.Send(StreamCatalog.ExecutionResult, result, NowMs)));

    /// <summary>Answers one of our exits with a fill; a quantity below the wish is a final partial fill.</summary>
    public void Filled(
        string intentId, decimal quantity, decimal price, Outcome outcome = Outcome.Filled, decimal fee = 0m)
    {
        var intent = Intents.Last(sent => sent.Id == intentId).Intent;
        Result(Results.Fill(intent.Side, quantity, price, fee) with
        {
            IntentId = intentId, IntentReason = intent.Reason, Outcome = outcome, ReduceOnly = true,
        });
    }

    public void Refused(
        string intentId, Outcome outcome = Outcome.Denied, string code = "min_quantity", Side? side = null) =>
        Result(Results.Fill(side ?? Last.Intent.Side, 0m, 1m) with
        {
            IntentId = intentId, AveragePrice = null, Outcome = outcome, ReasonCode = code,
        });

    /// <summary>The executor moved the resting stop as asked.</summary>
    public void Moved(string intentId)
    {
        var intent = Intents.Last(sent => sent.Id == intentId).Intent;
        Result(Results.Fill(intent.Side, 0m, 1m) with
        {
            IntentId = intentId, AveragePrice = null, Outcome = Outcome.Applied, ReasonCode = "stop_moved",
            StopPrice = intent.StopLoss,
        });
    }

    public void Stopped(Side side, decimal quantity, decimal price) =>
        Result(Results.Fill(side, quantity, price, kind: ResultKind.Stop));

    public void Market(Regime regime, Symbol? symbol = null) => Take(Keep(Role.Send(
        StreamCatalog.MetaRegime,
        new Contracts.Events.MetaRegime
        {
            Symbol = symbol, Regime = regime, Confidence = 0.85, Samples = 50, PreviousRegime = Regime.Range,
        },
        NowMs)));

    public void Policy(
        long version, RiskMode mode = RiskMode.Normal, bool kill = false, bool flatten = false) => Take(Keep(Role.Send(
            StreamCatalog.PolicyUpdated,
            new PolicyUpdated
            {
                PolicyVersion = version,
                RiskMode = mode,
                PreviousMode = RiskMode.Normal,
                KillSwitch = kill || flatten,
                FlattenSinceMs = flatten ? Start : null,
                MaxLeverage = 5,
                MaxGrossExposureFraction = 1.5,
                MaxSymbolExposureFraction = 0.25,
                RiskPerTradeFraction = 0.015,
                DailyLossLimitFraction = 0.05,
                MaxPositions = 30,
                MinConfidence = 0.5,
                ReasonCode = "manual",
                UpdatedBy = "test",
            },
            NowMs)));

    /// <summary>What came on the last input, by reason.</summary>
    public string[] LastReasons => [.. Role.Outbox.Of(StreamCatalog.TradeIntent).Select(intent => intent.Reason!)];

    private RecordingOutbox Keep(RecordingOutbox outbox)
    {
        Intents.AddRange(outbox.IdsOf(StreamCatalog.TradeIntent).Zip(outbox.Of(StreamCatalog.TradeIntent)));
        Closed.AddRange(outbox.Of(StreamCatalog.TradeClosed));
        Correlations.AddRange(outbox.Correlations);
        return outbox;
    }

    private void Take(RecordingOutbox outbox)
    {
        Assert.NotNull(outbox);
        if (_restarts) Role.Restart();
    }
}
