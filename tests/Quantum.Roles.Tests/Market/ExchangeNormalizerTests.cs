using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Market;

namespace Quantum.Roles.Tests.Market;

/// <summary>The table of what the venues' quotes become.</summary>
public sealed class ExchangeNormalizerTests
{
    private const long Start = 1_765_000_000_000;
    private readonly RoleBench _bench = new(() => new ExchangeNormalizerRole());

    [Fact]
    public void One_venue_means_that_the_divergence_is_unknown_and_not_zero()
    {
        var one = Send("binance", 99, 101, 0.0001, Start);
        Assert.Equal((100m, 1), (one.MidPrice, one.VenueCount));
        Assert.Null(one.ExchangeDivergence);
        Assert.Null(one.FundingSpreadFraction);
        Assert.Equal(0.0001, one.FundingRate);
    }

    [Fact]
    public void The_divergence_is_a_fraction_of_the_mean_mid_price()
    {
        Send("binance", 99, 101, 0.0001, Start);
        Send("bybit", 100, 102, 0.0003, Start + 1);
        var three = Send("okx", 101, 103, null, Start + 2);
        Assert.Equal((101m, 3), (three.MidPrice, three.VenueCount));
        Assert.Equal(2.0 / 101, three.ExchangeDivergence!.Value, 12);
        Assert.Equal(0.0002, three.FundingSpreadFraction!.Value, 12);
        Assert.Equal(0.0002, three.FundingRate!.Value, 12);
    }

    [Fact]
    public void The_divergence_does_not_depend_on_the_price_scale()
    {
        Send("binance", 0.0099m, 0.0101m, null, Start);
        var small = Send("bybit", 0.0100m, 0.0102m, null, Start);
        _bench.Restart();
        Send("binance", 99_000, 101_000, null, Start + 20_000);
        var large = Send("bybit", 100_000, 102_000, null, Start + 20_000);
        Assert.Equal(small.ExchangeDivergence!.Value, large.ExchangeDivergence!.Value, 12);
    }

    [Fact]
    public void A_venue_that_fell_silent_does_not_count()
    {
        Send("binance", 99, 101, null, Start);
        var alone = Send("bybit", 100, 102, null, Start + 10_001);
        Assert.Equal(1, alone.VenueCount);
        Assert.Null(alone.ExchangeDivergence);
    }

    [Fact]
    public void A_quote_older_than_the_venues_last_is_ignored_and_counted()
    {
        Send("binance", 99, 101, null, Start);
        Assert.Equal(0, _bench.Send(StreamCatalog.ExchangeRaw, Raw("binance", 1, 2, null), Start - 1).Total);
        Assert.Equal(1, _bench.Counts["quote_ignored/older_than_last"]);
    }

    private ExchangeNormalized Send(string venue, decimal bid, decimal ask, double? funding, long at) =>
        Assert.Single(_bench.Send(StreamCatalog.ExchangeRaw, Raw(venue, bid, ask, funding), at)
            .Of(StreamCatalog.ExchangeNormalized));

    private static ExchangeRaw Raw(string venue, decimal bid, decimal ask, double? funding) => new()
    {
        Exchange = venue, Symbol = Symbol.Parse("BTCUSDT"), BidPrice = bid, AskPrice = ask, FundingRate = funding,
    };
}
