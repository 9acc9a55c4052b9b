namespace Quantum.Venue.Accounts;

/// <summary>One order as the venue shows it.</summary>
internal sealed class Order
{
    public required long Id { get; init; }

    public required string ClientId { get; init; }

    public required Symbol Symbol { get; init; }

    public required Side Side { get; init; }

    /// <summary>LIMIT, MARKET or LIQUIDATION.</summary>
    public required string Type { get; init; }

    /// <summary>What it was before it was triggered, as STOP_MARKET.</summary>
    public required string OriginalType { get; init; }

    public required string TimeInForce { get; init; }

    /// <summary>Base quantity.</summary>
    public decimal Quantity { get; set; }

    /// <summary>Limit price, quote currency; 0 without one.</summary>
    public decimal Price { get; set; }

    /// <summary>The trigger it had, or 0.</summary>
    public decimal StopPrice { get; init; }

    public bool ReduceOnly { get; init; }

    public bool ClosePosition { get; init; }

    public string WorkingType { get; init; } = "CONTRACT_PRICE";

    public bool PriceProtect { get; init; }

    /// <summary>NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED or EXPIRED.</summary>
    public string Status { get; set; } = OrderWords.New;

    /// <summary>Base quantity filled.</summary>
    public decimal Executed { get; set; }

    /// <summary>Sum of price times quantity over the fills.</summary>
    public decimal Quote { get; set; }

    /// <summary>UTC epoch ms.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public long UpdatedMs { get; set; }

    /// <summary>The conditional order that became it, or null.</summary>
    public Conditional? Origin { get; init; }

    /// <summary>What the role knows it by: changes with an amendment.</summary>
    public required string RoleId { get; set; }

    public bool IsLive => Status is OrderWords.New or OrderWords.PartiallyFilled;

    /// <summary>Whether the exchange placed it: a liquidation or an auto-deleveraging.</summary>
    public bool IsForced => IsAdl || Type == OrderWords.Liquidation;

    /// <summary>Whether the exchange placed it to pay another account's profit.</summary>
    public bool IsAdl => ClientId == OrderWords.AdlClientId;

    /// <summary>Digits behind the point of its average price.</summary>
    public required int AverageDecimals { get; init; }

    /// <summary>Mean price of its fills, rounded as the exchange tells it; 0 before the first.</summary>
    public decimal AveragePrice => Executed == 0 ? 0 : decimal.Round(Quote / Executed, AverageDecimals);
}
