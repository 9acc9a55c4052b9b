using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>
/// Figures that others publish, reproduced to the cent: Binance's FAQ on the liquidation price (worked example of two
/// positions), and the same and more in freqtrade's and FLOX's tests, from which the numbers were taken.
/// </summary>
public sealed class ExchangeFigureTests
{
    private static readonly Symbol s_eth = Symbol.Parse("ETHUSDT");
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");

    // The exchange's tables of those days: cap, leverage, maintenance fraction.
    private static readonly LeverageBrackets s_ofEth = Table(
        (10_000, 100, 0.005m), (100_000, 75, 0.0065m), (500_000, 50, 0.01m), (1_000_000, 25, 0.02m),
        (2_000_000, 10, 0.05m), (5_000_000, 5, 0.1m), (10_000_000, 4, 0.125m), (20_000_000, 3, 0.15m));

    private static readonly LeverageBrackets s_ofBtc = Table(
        (50_000, 125, 0.004m), (250_000, 100, 0.005m), (1_000_000, 50, 0.01m), (7_500_000, 20, 0.025m),
        (40_000_000, 10, 0.05m), (100_000_000, 5, 0.1m), (200_000_000, 4, 0.125m), (400_000_000, 3, 0.15m),
        (600_000_000, 2, 0.25m), (1_000_000_000, 1, 0.5m));

    private static readonly LeverageBrackets s_ofBnb = Table(
        (10_000, 75, 0.0065m), (50_000, 50, 0.01m), (250_000, 25, 0.02m), (1_000_000, 10, 0.05m),
        (2_000_000, 5, 0.1m), (5_000_000, 4, 0.125m), (10_000_000, 3, 0.15m), (20_000_000, 2, 0.25m));

    private static readonly LeverageBrackets s_ofXrp = Table(
        (100_000, 20, 0.025m), (500_000, 10, 0.05m), (1_000_000, 5, 0.1m), (2_000_000, 3, 0.15m));

    // Binance FAQ b3c689c1f50a44cabb3a84e663b81d93; freqtrade tests/exchange/test_binance.py.
    [Theory]
    [InlineData("ETHUSDT", 3683.979, 1456.84, 4, 1114.78)]
    [InlineData("BTCUSDT", 109.488, 32481.98, 20, 18778.73)]
    public void The_faqs_isolated_positions_are_liquidated_where_it_says(
        string symbol, double quantity, double entry, int leverage, double expected)
    {
        var venue = new VenueBench(Account());
        var name = Symbol.Parse(symbol);
        Open(venue, name, (decimal)quantity, (decimal)entry, leverage, isIsolated: true);
        // The whole wallet stands behind it.
        Assert.Equal(OrderStatus.Accepted, venue.Configure(marginUsd: 1_535_443.01m, symbol: name).Status);
        Assert.Equal((decimal)expected, Math.Round(venue.Position(name).LiquidationPrice!.Value, 2));
    }

    [Fact]
    public void The_faqs_two_cross_positions_are_liquidated_where_it_says()
    {
        var venue = new VenueBench(Account());
        Open(venue, s_eth, 3683.979m, 1456.84m, 4, isIsolated: false);
        Open(venue, s_btc, 109.488m, 32481.98m, 20, isIsolated: false);
        venue.Market(31967.27m, symbol: s_btc);
        venue.Market(1335.18m, symbol: s_eth);
        Assert.Equal(1153.26m, Math.Round(venue.Position(s_eth).LiquidationPrice!.Value, 2));
        Assert.Equal(26316.89m, Math.Round(venue.Position(s_btc).LiquidationPrice!.Value, 2));
    }

    // freqtrade tests/exchange/test_exchange.py, test_get_liquidation_price1: 1 at 10, ratio 0.01, amount 0.01.
    [Theory]
    [InlineData(-1, 5, "11.89108910891089")]
    [InlineData(-1, 3, "13.21122112211221")]
    [InlineData(1, 5, "8.07070707070707")]
    [InlineData(1, 3, "6.72390572390572")]
    public void A_leveraged_stake_is_liquidated_where_freqtrade_has_it(int held, int leverage, string expected)
    {
        var table = Table((2, 20, 0.005m), (1_000_000, 10, 0.01m));
        Assert.Equal(0.01m, table.DeductedUsd(1));
        Assert.Equal(
            decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            table.LiquidationPrice(held, 10, 10m / leverage)!.Value, 12);
    }

    // freqtrade tests/exchange/test_binance.py, test_get_maintenance_ratio_and_amt_binance.
    [Theory]
    [InlineData("BTC", 170.30, 0.004, 0)]
    [InlineData("BTC", 600_000_000, 0.5, 199_703_800)]
    [InlineData("BNB", 100, 0.0065, 0)]
    [InlineData("BNB", 5_000_000, 0.15, 233_035)]
    [InlineData("XRP", 0, 0.025, 0)]
    [InlineData("XRP", 999_999.9, 0.1, 27_500)]
    public void What_must_be_kept_is_notional_times_ratio_less_the_amount(
        string coin, double notional, double ratio, double amount)
    {
        var table = coin == "BTC" ? s_ofBtc : coin == "BNB" ? s_ofBnb : s_ofXrp;
        var expected = (decimal)notional * (decimal)ratio - (decimal)amount;
        Assert.Equal(expected, table.MaintenanceUsd((decimal)notional), 8);
        var step = table.Steps.Select(known => known.MaintenanceFraction).ToList().IndexOf((decimal)ratio);
        Assert.Equal((decimal)amount, table.DeductedUsd(step));
    }

    // freqtrade tests/exchange/test_exchange.py, test__fetch_and_calculate_funding_fees: 30 short from 00:00 to 08:00
    // of 2021-09-01, mark 2.77 at both, rates -0.000008 and -0.000003.
    [Fact]
    public void Two_fundings_of_a_short_cost_what_freqtrade_has()
    {
        const long Midnight = 1_630_454_400_000;
        var venue = new VenueBench(Free) { NowMs = Midnight - 60_000 };
        venue.Tick(2.77m);
        venue.Send(venue.Order(Side.Sell, 30));
        venue.Tick(2.77m);
        venue.Market(2.77m, -0.000008);
        venue.Clock(Midnight);
        venue.Market(2.77m, -0.000003);
        venue.Clock(Midnight + 8 * 3_600_000);
        Assert.Equal(-0.0009141m, venue.Account().FundingUsd);
    }

    // The same case: who enters 15 s after midnight does not pay midnight's.
    [Fact]
    public void Who_enters_after_the_moment_does_not_pay_it()
    {
        const long Midnight = 1_630_454_400_000;
        var venue = new VenueBench(Free) { NowMs = Midnight - 60_000 };
        venue.Tick(2.77m);
        venue.Market(2.77m, -0.000008);
        venue.Clock(Midnight);
        venue.NowMs = Midnight + 15_000;
        venue.Send(venue.Order(Side.Sell, 30));
        venue.Tick(2.77m);
        venue.Market(2.77m, -0.000003);
        venue.Clock(Midnight + 8 * 3_600_000);
        Assert.Equal(-0.0002493m, venue.Account().FundingUsd);
    }

    // FLOX tests/test_liquidation_engine.cpp: 10 long at 100 with 50 behind it, mark 40: 550 are missing.
    [Theory]
    [InlineData(false, -550, 0)]
    [InlineData(true, 0, 550)]
    public void A_gap_leaves_the_deficit_that_flox_has(bool isIsolated, int wallet, int insurance)
    {
        var venue = new VenueBench(Free with { StartBalanceUsd = 50, LiquidationFeeFraction = 0 });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Buy, 10) with { Leverage = 20, IsIsolated = isIsolated });
        venue.Tick(100);
        venue.Tick(40);
        Assert.Equal(((decimal)wallet, (decimal)insurance), (venue.View().WalletUsd, venue.View().InsuranceUsd));
    }

    private static Quantum.Roles.Venue.VenueSettings Account() => Free with
    {
        StartBalanceUsd = 1_535_443.01m,
        Symbols = new SymbolFilterBook(
            Filters(s_eth) with { StepSize = 0.001m, Brackets = s_ofEth },
            Filters(s_btc) with { StepSize = 0.001m, Brackets = s_ofBtc }),
    };

    private static void Open(
        VenueBench venue, Symbol symbol, decimal quantity, decimal entry, int leverage, bool isIsolated)
    {
        venue.Tick(entry, symbol: symbol);
        venue.Send(venue.Order(Side.Buy, quantity) with
        {
            Symbol = symbol, Leverage = leverage, IsIsolated = isIsolated,
        });
        venue.Tick(entry, symbol: symbol);
        Assert.Equal((quantity, entry), (venue.Last.PositionQuantity, venue.Last.PositionEntryPrice));
    }

    private static LeverageBrackets Table(params (decimal Cap, int Leverage, decimal Fraction)[] steps) =>
        new(steps.Select(step => new LeverageBracket(step.Cap, step.Leverage, step.Fraction)));
}
