namespace Quantum.Venue.Accounts;

/// <summary>One conditional order of the algo service.</summary>
internal sealed class Conditional
{
    public required long Id { get; init; }

    public required string ClientId { get; init; }

    public required Symbol Symbol { get; init; }

    public required Side Side { get; init; }

    /// <summary>STOP, STOP_MARKET, TAKE_PROFIT or TAKE_PROFIT_MARKET.</summary>
    public required string Type { get; init; }

    public required string TimeInForce { get; init; }

    /// <summary>Base quantity; 0 when it closes the position.</summary>
    public required decimal Quantity { get; init; }

    public required decimal TriggerPrice { get; init; }

    /// <summary>Limit price once triggered; 0 for the market's.</summary>
    public required decimal Price { get; init; }

    public required bool ReduceOnly { get; init; }

    public required bool ClosePosition { get; init; }

    public required string WorkingType { get; init; }

    public required bool PriceProtect { get; init; }

    /// <summary>NEW, TRIGGERING, TRIGGERED, FINISHED, CANCELED, EXPIRED or REJECTED.</summary>
    public string Status { get; set; } = OrderWords.New;

    /// <summary>UTC epoch ms.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public long UpdatedMs { get; set; }

    /// <summary>UTC epoch ms; 0 before.</summary>
    public long TriggeredMs { get; set; }

    /// <summary>The order it became, or null.</summary>
    public Order? Actual { get; set; }

    /// <summary>Why it was rejected, or null.</summary>
    public string? Reason { get; set; }

    public required string RoleId { get; init; }

    /// <summary>Whether it waits for its trigger.</summary>
    public bool IsWaiting => Status == OrderWords.New;

    /// <summary>What the order is once triggered.</summary>
    public string ActualType => Type is OrderWords.Stop or OrderWords.TakeProfit ? OrderWords.Limit : OrderWords.Market;
}
