using System.ComponentModel.DataAnnotations;

namespace Quantum.Exchanges.Budget;

/// <summary>
/// What the exchange grants the account; every process of the account must say the same. The defaults are Binance's
/// USD-M futures for ordinary accounts.
/// </summary>
[Section("RateBudget")]
public sealed record BudgetOptions
{
    /// <summary>Request weight a minute.</summary>
    [AtLeast(1)] public int WeightPerMinute { get; set; } = new BudgetLimits().WeightMinute;

    /// <summary>Orders in ten seconds.</summary>
    [AtLeast(1)] public int OrdersPerTenSeconds { get; set; } = new BudgetLimits().OrdersTenSeconds;

    /// <summary>Orders a minute.</summary>
    [AtLeast(1)] public int OrdersPerMinute { get; set; } = new BudgetLimits().OrdersMinute;

    /// <summary>How long entries stay stopped after a ban is over, seconds.</summary>
    [Range(0, 86_400)] public int EntriesStoppedAfterBanSeconds { get; set; } =
        (int)new BudgetLimits().EntriesStoppedAfterBan.TotalSeconds;

    /// <summary>The same as the budget takes it.</summary>
    public BudgetLimits Limits() => new()
    {
        WeightMinute = WeightPerMinute, OrdersTenSeconds = OrdersPerTenSeconds, OrdersMinute = OrdersPerMinute,
        EntriesStoppedAfterBan = TimeSpan.FromSeconds(EntriesStoppedAfterBanSeconds),
    };
}
