using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Tests.Symbols;

public class SymbolFilterTests
{
    private static readonly SymbolFilters s_near = TestBook.Near;

    [Theory]
    [InlineData(1.79, 1.7)]
    [InlineData(1.7, 1.7)]
    [InlineData(0.09, 0)]
    public void Quantities_are_rounded_down_to_the_step(double quantity, double expected) =>
        Assert.Equal((decimal)expected, s_near.FloorQuantity((decimal)quantity));

    [Fact]
    public void A_stop_is_rounded_to_the_tighter_side()
    {
        Assert.Equal(1.984m, s_near.TighterStop(PositionSide.Long, 1.9832m));
        Assert.Equal(2.016m, s_near.TighterStop(PositionSide.Short, 2.0168m));
        Assert.Equal(1.984m, s_near.TighterStop(PositionSide.Long, 1.984m));
    }

    /// <summary>As many as an exchange has, alike at their beginning, middle or end, and of two letters up.</summary>
    [Fact]
    public void Each_of_many_symbols_is_found_by_its_own_name()
    {
        string[] names =
        [
            .. Enumerable.Range(0, 300).SelectMany(i => new[] { $"1000{i}USDT", $"{i}COINUSDT", $"XX{i:D3}YYUSDT" }),
            "AB", "ABC", "ABCD", "ABCDE", "币安人生USDT",
        ];
        var book = new SymbolFilterBook(names.Select(name => s_near with { Symbol = Symbol.Parse(name) }));
        foreach (var name in names) Assert.Equal(name, book.Find(Symbol.Parse(name))!.Symbol.Name);
        foreach (var name in names) Assert.Null(book.Find(Symbol.Parse(name + "_")));
    }

    [Fact]
    public void A_symbol_without_a_row_is_unknown() =>
        Assert.Null(TestBook.All.Find(Symbol.Parse("NOPEUSDT")));

    [Theory]
    [InlineData("tick size")]
    [InlineData("step size")]
    [InlineData("least quantity")]
    [InlineData("most quantity")]
    [InlineData("least notional")]
    [InlineData("most market quantity")]
    [InlineData("price factor up")]
    [InlineData("price factor down")]
    [InlineData("funding hours")]
    [InlineData("limit step")]
    [InlineData("market step")]
    [InlineData("least price")]
    [InlineData("most price")]
    [InlineData("most orders")]
    [InlineData("most conditional orders")]
    [InlineData("liquidation fee")]
    [InlineData("symbol risk")]
    public void An_impossible_row_is_refused_by_name(string what)
    {
        var wrong = what switch
        {
            "tick size" => s_near with { TickSize = 0 },
            "step size" => s_near with { StepSize = -1 },
            "least quantity" => s_near with { MinQuantity = 0 },
            "most quantity" => s_near with { MaxQuantity = 0.1m },
            "least notional" => s_near with { MinNotionalUsd = -1 },
            "most market quantity" => s_near with { MaxMarketQuantity = 0.01m },
            "price factor up" => s_near with { PriceUpFactor = 1 },
            "price factor down" => s_near with { PriceDownFactor = 1 },
            "funding hours" => s_near with { FundingHours = 25 },
            "limit step" => s_near with { LimitLot = new LotSize(0, 1) },
            "market step" => s_near with { MarketLot = new LotSize(1, 0) },
            "least price" => s_near with { MinPrice = 0 },
            "most price" => s_near with { MinPrice = 2, MaxPrice = 2 },
            "most orders" => s_near with { MaxOrders = 0 },
            "most conditional orders" => s_near with { MaxAlgoOrders = 0 },
            "liquidation fee" => s_near with { LiquidationFeeFraction = 1 },
            _ => s_near with { SymbolRisk = 2 },
        };
        var error = Assert.Throws<ArgumentException>(() => TestBook.All.With(wrong));
        Assert.Contains("NEARUSDT", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }
}
