using Quantum.Binance;
using Quantum.Contracts.Events;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>Orders of a mode go only to the exchange's system of that mode.</summary>
public sealed class PlaceModeTests
{
    public static TheoryData<TradingMode, BinancePlace> All
    {
        get
        {
            var all = new TheoryData<TradingMode, BinancePlace>();
            foreach (var mode in Enum.GetValues<TradingMode>())
                foreach (var place in Enum.GetValues<BinancePlace>()) all.Add(mode, place);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Mixed_modes_are_refused_by_name(TradingMode mode, BinancePlace place)
    {
        var isRight = (mode, place) is (TradingMode.Live, BinancePlace.Live) or (TradingMode.Demo, BinancePlace.Demo)
            or (TradingMode.Testnet, BinancePlace.Testnet) or (TradingMode.Sim, BinancePlace.Custom);
        var settings = Settings(place);
        if (isRight)
        {
            BinancePlaces.CheckOrders(settings, mode);
            return;
        }

        var fault = Assert.Throws<VenueException>(() => BinancePlaces.CheckOrders(settings, mode));
        Assert.Contains($"mode {Word(mode)}", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"binance {Word(place)}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TradingMode.Live, BinancePlace.Live, true)]
    [InlineData(TradingMode.Live, BinancePlace.Testnet, false)]
    [InlineData(TradingMode.Live, BinancePlace.Custom, false)]
    [InlineData(TradingMode.Paper, BinancePlace.Live, true)]
    [InlineData(TradingMode.Sim, BinancePlace.Live, true)]
    [InlineData(TradingMode.Sim, BinancePlace.Custom, true)]
    [InlineData(TradingMode.Testnet, BinancePlace.Custom, false)]
    public void The_live_market_is_for_all_and_live_trading_sees_no_other(
        TradingMode mode, BinancePlace place, bool isRight)
    {
        var fault = Record.Exception(() => BinancePlaces.CheckMarket(Settings(place) with { ApiKey = null }, mode));
        Assert.Equal(isRight, fault is null);
        if (fault is not null) Assert.IsType<VenueException>(fault);
    }

    [Fact]
    public void An_address_of_another_machine_is_none_of_ours()
    {
        var settings = Settings(BinancePlace.Custom) with { RestUrl = "https://example.com" };
        Assert.Throws<VenueException>(() => BinancePlaces.CheckOrders(settings, TradingMode.Sim));
        Assert.Throws<ArgumentException>(settings.Checked);
        var live = Settings(BinancePlace.Live) with { RestUrl = "http://127.0.0.1:1" };
        Assert.Throws<VenueException>(() => BinancePlaces.CheckOrders(live, TradingMode.Live));
    }

    [Theory]
    [InlineData(TradingMode.Live, BinancePlace.Live, true)]
    [InlineData(TradingMode.Testnet, BinancePlace.Testnet, false)]
    [InlineData(TradingMode.Demo, BinancePlace.Demo, false)]
    [InlineData(TradingMode.Sim, BinancePlace.Custom, false)]
    public async Task The_stand_in_trades_no_real_money_unless_it_is_told_to_and_says_what_it_is(
        TradingMode mode, BinancePlace place, bool isRefused)
    {
        var settings = Settings(place) with { AllowStandIn = false };
        var fault = Record.Exception(() => BinancePlaces.CheckOrders(settings, mode));
        Assert.Equal(isRefused, fault is VenueException { Message: var words }
            && words.Contains("Binance:AllowStandIn", StringComparison.Ordinal));
        BinancePlaces.CheckOrders(settings with { AllowStandIn = true }, mode);
        await using var venue = new Quantum.Binance.Orders.BinanceOrderVenue(
            settings with { AllowStandIn = true }, mode, new OpenBudget(), TimeProvider.System, new LogLines());
        Assert.Equal(mode == TradingMode.Sim ? null : FindingCodes.StandInLibrary, venue.Reservation?.Code);
    }

    [Fact]
    public void Without_a_key_there_are_no_orders()
    {
        var settings = Settings(BinancePlace.Live) with { ApiKey = null, ApiSecret = null };
        var fault = Assert.Throws<VenueException>(() => BinancePlaces.CheckOrders(settings, TradingMode.Live));
        Assert.Contains("Binance__ApiKey", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (settings with { ApiKey = "the-key" }).Checked());
        settings.Checked();
    }

    private static BinanceSettings Settings(BinancePlace place) => new()
    {
        Environment = place, ApiKey = "the-key", ApiSecret = "the-secret", AllowStandIn = true,
        RestUrl = place == BinancePlace.Custom ? "http://127.0.0.1:1" : null,
        StreamUrl = place == BinancePlace.Custom ? "ws://127.0.0.1:1" : null,
    };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
