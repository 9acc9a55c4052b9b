using Quantum.Exchanges.Budget;

namespace Quantum.Exchanges.Tests.Budget;

public sealed class MemoryRateBudgetTests : RateBudgetConformance
{
    [Theory]
    [InlineData("a budget of 0 weight", 0, 300, 1_200, 0.6, 0.8)]
    [InlineData("0 orders in ten seconds", 2_400, 0, 1_200, 0.6, 0.8)]
    [InlineData("queries may use 0.9 and entries 0.8", 2_400, 300, 1_200, 0.9, 0.8)]
    [InlineData("entries 1.1", 2_400, 300, 1_200, 0.6, 1.1)]
    [InlineData("queries may use NaN", 2_400, 300, 1_200, double.NaN, 0.8)]
    public void Limits_that_cannot_be_are_named(
        string named, int weight, int tenSeconds, int minute, double queries, double entries)
    {
        var limits = new BudgetLimits
        {
            WeightMinute = weight, OrdersTenSeconds = tenSeconds, OrdersMinute = minute, QueryShare = queries,
            EntryShare = entries,
        };
        var fault = Assert.Throws<ArgumentException>(() => new MemoryRateBudget(limits));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private protected override TestBudget Open(BudgetLimits limits) => new(new MemoryRateBudget(limits));
}
