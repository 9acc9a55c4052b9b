using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Tests.Venue;

/// <summary>A simulated venue with one symbol of simple filters, driven by hand.</summary>
internal sealed class VenueBench
{
    public const long T0 = 1_765_872_000_000; // 2025-12-16 08:00 UTC, a funding time
    public static readonly Symbol Coin = Symbol.Parse("COINUSDT");
    public static readonly Symbol Other = Symbol.Parse("OTHERUSDT");

    private readonly RoleBench _bench;
    private readonly SortedDictionary<string, OrderCommand> _sent = new(StringComparer.Ordinal);
    private SimVenueRole? _role;
    private int _orders;

    public VenueBench(VenueSettings? settings = null)
    {
        var used = settings ?? Plain;
        _bench = new RoleBench(() => _role = new SimVenueRole(used));
    }

    public static VenueSettings Plain { get; } = new()
    {
        Symbols = new SymbolFilterBook([Filters(Coin), Filters(Other)]),
        LatencyMs = 50,
        ImpactFraction = 0,
        HalfSpreadFraction = 0,
        MaxVolumeShare = 1,
    };

    public static VenueSettings Free { get; } = Plain with { MakerFeeFraction = 0, TakerFeeFraction = 0 };

    public long NowMs { get; set; } = T0 + 1_000;

    /// <summary>The mode that what comes from now on says it is of.</summary>
    public TradingMode Mode { set => _bench.Mode = value; }

    public List<OrderUpdate> Updates { get; } = [];

    public OrderUpdate Last => Updates[^1];

    public IEnumerable<OrderUpdate> Fills => Updates.Where(u => u.Kind == UpdateKind.Fill);

    public static SymbolFilters Filters(Symbol symbol) => new()
    {
        Symbol = symbol,
        TickSize = 0.01m,
        StepSize = 0.1m,
        MinQuantity = 0.1m,
        MaxQuantity = 1_000_000,
        MinNotionalUsd = 5,
        MaxMarketQuantity = 1_000_000,
        Brackets = new LeverageBrackets(new LeverageBracket(1_000_000_000, 20, 0.02m)),
    };

    public OrderCommand Order(Side side, decimal quantity, OrderType type = OrderType.Market) => new()
    {
        Action = OrderAction.Place,
        ClientOrderId = $"o{++_orders}",
        IntentId = "i1",
        Symbol = Coin,
        Side = side,
        Type = type,
        Purpose = OrderPurpose.Entry,
        Quantity = quantity,
        ReduceOnly = false,
        Leverage = 10,
    };

    public OrderCommand Reduce(Side side, decimal quantity, OrderType type = OrderType.Market, decimal? trigger =
        null) =>
        Order(side, quantity, type) with { ReduceOnly = true, Leverage = null, TriggerPrice = trigger, Purpose =
            OrderPurpose.Exit };

    /// <summary>The account as the venue would save it.</summary>
    public (decimal CashUsd, decimal RealizedUsd, decimal FeesUsd, decimal FundingUsd) Account()
    {
        VenueAccount? account = null;
        _role!.State.SaveAll((field, value) =>
        {
            if (field == "account") account =
                System.Text.Json.JsonSerializer.Deserialize<VenueAccount>(value!, WireJson.Options);
        });
        return (account!.CashUsd, account.RealizedUsd, account.FeesUsd, account.FundingUsd);
    }

    public OrderCommand CommandOf(string clientOrderId) => _sent[clientOrderId];

    public SimVenueView View() => _role!.View();

    /// <summary>The position of a symbol as the view shows it.</summary>
    public SimVenuePosition Position(Symbol? symbol = null) =>
        View().Positions.Single(position => position.Symbol == (symbol ?? Coin));

    /// <summary>Sets leverage, margin mode or margin without an order.</summary>
    public OrderUpdate Configure(
        int? leverage = null, bool? isIsolated = null, decimal? marginUsd = null, Symbol? symbol = null) =>
        Send(Order(Side.Buy, 0) with
        {
            Action = OrderAction.Configure, Symbol = symbol ?? Coin, Leverage = leverage, IsIsolated = isIsolated,
            IsolatedMarginUsd = marginUsd,
        });

    public bool IsReduceOnly(string clientOrderId) => _sent[clientOrderId].ReduceOnly;

    public decimal QuantityOf(string clientOrderId) => _sent[clientOrderId].Quantity;

    public OrderUpdate Send(OrderCommand command)
    {
        _sent[command.ClientOrderId] = command;
        Keep(_bench.Send(StreamCatalog.OrderCommand, command, NowMs));
        return Last;
    }

    /// <summary>A trade 100 ms later, so that every earlier order is effective.</summary>
    public void Tick(decimal price, decimal quantity = 1_000_000, Symbol? symbol = null, long afterMs = 100)
    {
        NowMs += afterMs;
        Keep(_bench.Send(
            StreamCatalog.MarketTick,
            new MarketTick { Symbol = symbol ?? Coin, Price = price, Quantity = quantity }, NowMs));
    }

    public void Market(
        decimal mark, double? fundingRate = null, Symbol? symbol = null, long? nextFundingAtMs = null) =>
        Keep(_bench.Send(
            StreamCatalog.MarketData,
            new MarketData
            {
                Symbol = symbol ?? Coin, LastPrice = mark, MarkPrice = mark, FundingRate = fundingRate,
                NextFundingAtMs = nextFundingAtMs,
            },
            NowMs));

    public void Clock(long atMs)
    {
        NowMs = atMs;
        Keep(_bench.Clock(atMs));
    }

    public void Restart() => _bench.Restart();

    private void Keep(RecordingOutbox outbox) => Updates.AddRange(outbox.Of(StreamCatalog.OrderUpdate));
}
