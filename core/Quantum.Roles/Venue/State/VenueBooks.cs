using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue.State;

/// <summary>The money: cash is always start + realised - fees + funding.</summary>
public sealed class VenueAccount
{
    /// <summary>USD.</summary>
    public decimal CashUsd { get; set; }

    /// <summary>Realised PnL before fees and funding since the start, USD.</summary>
    public decimal RealizedUsd { get; set; }

    /// <summary>Fees since the start, USD.</summary>
    public decimal FeesUsd { get; set; }

    /// <summary>Funding since the start, USD, received (+) or paid (-).</summary>
    public decimal FundingUsd { get; set; }
}

/// <summary>One symbol's position, orders and leverage.</summary>
public sealed class VenueSymbol
{
    public required Symbol Symbol { get; init; }

    /// <summary>Signed base quantity.</summary>
    public decimal Quantity { get; set; }

    /// <summary>Volume-weighted entry price, quote currency; 0 when flat.</summary>
    public decimal EntryPrice { get; set; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; set; }

    /// <summary>Client ids of the live orders, oldest first: the order in which they meet a price.</summary>
    public List<string> LiveIds { get; init; } = [];

    /// <summary>Client ids of the last finished orders, oldest first: a repeated command meets its order again.</summary>
    public List<string> DoneIds { get; init; } = [];

    /// <summary>Numbers orders and trades of this symbol, from 0.</summary>
    public long Sequence { get; set; }

    /// <summary>When the next funding falls due, UTC epoch ms; 0 before the first input.</summary>
    public long NextFundingMs { get; set; }
}

/// <summary>What the feed last told of one symbol.</summary>
public sealed class VenueMarket
{
    /// <summary>Last trade price, quote currency; 0 before the first.</summary>
    public decimal LastPrice { get; set; }

    /// <summary>The venue's mark price; null when the feed has none.</summary>
    public decimal? MarkPrice { get; set; }

    /// <summary>Funding per 8 hours as a fraction of notional; null when unknown.</summary>
    public decimal? FundingRateFraction { get; set; }

    public RollingVolume Volume { get; init; } = new();

    /// <summary>The mark, or the last price where the feed has no mark.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public decimal Mark => MarkPrice ?? LastPrice;
}

/// <summary>The simulated venue's state cells.</summary>
public sealed class VenueBooks
{
    public VenueBooks(RoleState state, VenueSettings settings)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(settings);
        Account = state.Cell("account", () => new VenueAccount { CashUsd = settings.StartBalanceUsd });
        Symbols = state.Map("symbol", name => new VenueSymbol
        {
            Symbol = Symbol.Parse(name), Leverage = settings.DefaultLeverage,
        });
        Orders = state.Map<VenueOrder>("order", id => throw new InvalidOperationException($"order {id} was never placed."));
        Markets = state.Map("market", _ => new VenueMarket());
    }

    public StateCell<VenueAccount> Account { get; }
    public StateMap<VenueSymbol> Symbols { get; }
    public StateMap<VenueOrder> Orders { get; }
    public StateMap<VenueMarket> Markets { get; }
}
