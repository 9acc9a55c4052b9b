using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Executor;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Tests.Executor;

/// <summary>An executor with everything a fresh entry needs, and short words for what a venue would answer.</summary>
internal sealed class ExecutorBench
{
    public const long T0 = 1_766_000_000_000;
    public static readonly Symbol Near = Symbol.Parse("NEARUSDT");

    private readonly RoleBench _bench;
    private long _trade;

    /// <summary>The settings of a mode, for a venue that needs no comparing.</summary>
    public static ExecutorSettings SettingsFor(TradingMode mode, bool isTape, SymbolFilterBook symbols) =>
        ExecutorSettings.For(mode, isTape, symbols) with { MaxVenueAgeMs = null, AdoptsForeignPositions = true };

    public ExecutorBench(ExecutorSettings? settings = null, TradingMode mode = TradingMode.Sim, bool ready = true)
    {
        var used = settings ?? SettingsFor(mode, isTape: false, TestBook.All);
        _bench = new RoleBench(() => new ExecutorRole(used)) { Mode = used.Mode };
        if (ready) MakeReady();
    }

    public long NowMs { get; set; } = T0;

    /// <summary>The mode that what comes from now on says it is of.</summary>
    public TradingMode Mode { set => _bench.Mode = value; }

    /// <summary>Everything published so far, in order.</summary>
    public List<OrderCommand> Commands { get; } = [];
    public List<ExecutionResult> Results { get; } = [];
    public SortedDictionary<string, int> Counts => _bench.Counts;

    public ExecutionResult LastResult => Results[^1];
    public OrderCommand LastCommand => Commands[^1];

    public static PolicyUpdated Policy(long version = 1) => new()
    {
        PolicyVersion = version,
        RiskMode = RiskMode.Normal,
        PreviousMode = RiskMode.Normal,
        KillSwitch = false,
        MaxLeverage = 5,
        MaxGrossExposureFraction = 2,
        MaxSymbolExposureFraction = 0.5,
        RiskPerTradeFraction = 0.015,
        DailyLossLimitFraction = 0.05,
        MaxPositions = 5,
        MinConfidence = 0.5,
        ReasonCode = "start",
        UpdatedBy = "governance",
    };

    public static PortfolioExposure Exposure(decimal equityUsd = 10_000, decimal? freeUsd = null, decimal grossUsd =
        0) => new()
    {
        TotalExposureUsd = grossUsd,
        ExposureBySymbol = default,
        LongExposureUsd = grossUsd,
        ShortExposureUsd = 0,
        NetExposureUsd = grossUsd,
        TotalEquityUsd = equityUsd,
        FreeMarginUsd = freeUsd ?? equityUsd,
    };

    /// <summary>The audit's sample as a fresh intent.</summary>
    public TradeIntent Entry(Side side = Side.Buy) => new()
    {
        Symbol = Near,
        Side = side,
        Confidence = 0.72,
        PositionSizeUsd = 200,
        Ilf = new IlfContext
        {
            AtrValue = 0.02, VolatilityFactor = 0.55, ExchangeDivergence = 0, FundingRate = 0, Regime = Regime.Unknown,
        },
        DeadlineMs = NowMs + 30_000,
        SignalId = "signal-1",
        ModelName = "logistic",
    };

    public TradeIntent ExitAll(Side side = Side.Sell) => new()
    {
        Symbol = Near, Side = side, Confidence = 1, ReduceOnly = true, DeadlineMs = NowMs + 30_000, Reason =
            "stop_loss", Ilf = IlfContext.Unknown,
    };

    public TradeIntent MoveStop(decimal price, Side side = Side.Sell) =>
        ExitAll(side) with { Reason = TradeIntent.MoveStopReason, StopLoss = price };

    public void MakeReady()
    {
        Clock(NowMs);
        Send(StreamCatalog.PolicyUpdated, Policy());
        Send(StreamCatalog.PortfolioExposure, Exposure());
        Tick(2.0m);
    }

    public RecordingOutbox Send<TEvent>(EventStream<TEvent> stream, TEvent payload, long? atMs = null, string? id =
        null)
        where TEvent : struct => Keep(_bench.Send(stream, payload, atMs ?? NowMs, id));

    public RecordingOutbox Intent(TradeIntent intent, string id, long? atMs = null) =>
        Send(StreamCatalog.TradeIntent, intent, atMs, id);

    public RecordingOutbox Clock(long atMs)
    {
        NowMs = atMs;
        return Keep(_bench.Clock(atMs));
    }

    public RecordingOutbox Later(long ms) => Clock(NowMs + ms);

    public RecordingOutbox Tick(decimal price, Symbol? symbol = null) => Send(
        StreamCatalog.MarketTick, new MarketTick { Symbol = symbol ?? Near, Price = price, Quantity = 1 });

    public RecordingOutbox Update(
        OrderCommand command, OrderStatus status, decimal cumulative = 0, string? code = null, decimal? average =
            null) =>
        Send(StreamCatalog.OrderUpdate, new OrderUpdate
        {
            Kind = UpdateKind.Order,
            Symbol = command.Symbol,
            ClientOrderId = command.ClientOrderId,
            Status = status,
            LastFillQuantity = 0,
            CumulativeQuantity = cumulative,
            AveragePrice = average,
            FeeUsd = 0,
            ReasonCode = code,
        });

    public OrderUpdate FillOf(
        OrderCommand command, decimal quantity, decimal price, decimal cumulative, OrderStatus? status = null,
        string? tradeId = null, decimal feeUsd = 0.1m) => new()
        {
            Kind = UpdateKind.Fill,
            Symbol = command.Symbol,
            ClientOrderId = command.ClientOrderId,
            Status = status ?? (cumulative >= command.Quantity ? OrderStatus.Filled : OrderStatus.PartiallyFilled),
            Side = command.Side,
            VenueTradeId = tradeId ?? $"t{++_trade}",
            LastFillQuantity = quantity,
            LastFillPrice = price,
            CumulativeQuantity = cumulative,
            FeeUsd = feeUsd,
        };

    public RecordingOutbox Fill(OrderCommand command, decimal quantity, decimal price, decimal cumulative) =>
        Send(StreamCatalog.OrderUpdate, FillOf(command, quantity, price, cumulative));

    public RecordingOutbox FillAll(OrderCommand command, decimal price) =>
        Fill(command, command.Quantity, price, command.Quantity);

    /// <summary>Opens a position at 2.0 with its stop resting; answers entry and stop.</summary>
    public (OrderCommand Entry, OrderCommand Stop) OpenPosition(Side side = Side.Buy, string id = "i1")
    {
        Intent(Entry(side), id);
        var entry = LastCommand;
        Assert.Equal(OrderPurpose.Entry, entry.Purpose);
        Update(entry, OrderStatus.Accepted);
        FillAll(entry, 2.0m);
        var stop = LastCommand;
        Assert.Equal(OrderPurpose.Stop, stop.Purpose);
        Update(stop, OrderStatus.Accepted);
        return (entry, stop);
    }

    /// <summary>What the executor has saved of the symbol.</summary>
    public SymbolState State =>
        JsonSerializer.Deserialize<SymbolState>(_bench.Saved($"symbol/{Near}"), WireJson.StateOptions)!;

    public void Restart() => _bench.Restart();

    /// <summary>Places and nothing else.</summary>
    public IEnumerable<OrderCommand> Placed(OrderPurpose purpose) =>
        Commands.Where(c => c.Action == OrderAction.Place && c.Purpose == purpose);

    private RecordingOutbox Keep(RecordingOutbox outbox)
    {
        Commands.AddRange(outbox.Of(StreamCatalog.OrderCommand));
        Results.AddRange(outbox.Of(StreamCatalog.ExecutionResult));
        return outbox;
    }
}
