using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using static Quantum.Roles.Tests.Venue.VenueBench;

namespace Quantum.Roles.Tests.Venue;

/// <summary>When funding is settled: at the feed's own times, else by the interval, else every 8 hours.</summary>
public class FundingTests
{
    private const long Hour = 3_600_000;

    // A feed that tells each minute what comes next, as a capture's markPriceUpdate frames do; T0 is 08:00.
    private static VenueBench Held(int? hours = null)
    {
        var book = new SymbolFilterBook(Filters(Coin) with { FundingHours = hours });
        var venue = new VenueBench(Free with { Symbols = book });
        venue.Tick(100);
        venue.Send(venue.Order(Side.Sell, 20));
        venue.Tick(100);
        return venue;
    }

    private static void Told(VenueBench venue, long untilMs, Func<long, long?> next, double rate = 0.0002)
    {
        while (venue.NowMs < untilMs)
        {
            venue.Clock(venue.NowMs + 60_000);
            venue.Market(100, rate, nextFundingAtMs: next(venue.NowMs));
        }
    }

    private static long[] Paid(VenueBench venue) =>
    [
        .. venue.Updates.Where(u => u.Kind == UpdateKind.Funding)
            .Select(u => long.Parse(u.VenueTradeId!.Split('-')[^1]) - T0),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void The_tapes_own_times_hold_whatever_the_book_says(int every)
    {
        var venue = Held(hours: 8);
        Told(venue, T0 + 16 * Hour + 60_000, at => T0 + ((at - T0) / (every * Hour) + 1) * every * Hour);
        Assert.Equal(Enumerable.Range(1, 16 / every).Select(n => n * every * Hour), Paid(venue));
        Assert.All(venue.Updates.Where(u => u.Kind == UpdateKind.Funding), u => Assert.Equal(0.4m, u.FundingUsd));
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void Without_them_the_symbols_interval_holds_and_else_8_hours(int? hours, int every)
    {
        var venue = Held(hours);
        Told(venue, T0 + 16 * Hour + 60_000, _ => null);
        Assert.Equal(Enumerable.Range(1, 16 / every).Select(n => n * every * Hour), Paid(venue));
    }

    [Fact]
    public void Over_a_hole_in_the_tape_its_own_interval_goes_on()
    {
        var venue = Held(hours: 8);
        Told(venue, T0 + 5 * Hour, at => T0 + ((at - T0) / (4 * Hour) + 1) * 4 * Hour);
        venue.Clock(T0 + 17 * Hour);
        Assert.Equal([4 * Hour, 8 * Hour, 12 * Hour, 16 * Hour], Paid(venue));
    }

    [Fact]
    public void A_time_that_has_passed_is_settled_once_and_one_that_is_moved_is_followed()
    {
        var venue = Held();
        // The frame of the moment itself still names it, and the exchange then goes over to one hour.
        Told(venue, T0 + 8 * Hour + 30_000, _ => T0 + 8 * Hour);
        Told(venue, T0 + 8 * Hour + 600_000, _ => T0 + 8 * Hour);
        Told(venue, T0 + 10 * Hour, at => T0 + ((at - T0) / Hour + 1) * Hour);
        Assert.Equal([8 * Hour, 9 * Hour, 10 * Hour], Paid(venue));
    }

    [Fact]
    public void The_rate_is_the_last_one_before_the_moment()
    {
        var venue = Held();
        Told(venue, T0 + 8 * Hour - 60_000, _ => T0 + 8 * Hour, rate: 0.0001);
        venue.Clock(T0 + 8 * Hour + 1);
        venue.Market(100, 0.5, nextFundingAtMs: T0 + 16 * Hour);
        Assert.Equal(0.2m, Assert.Single(venue.Updates, u => u.Kind == UpdateKind.Funding).FundingUsd);
    }

    [Fact]
    public void A_position_pays_nothing_for_a_moment_before_it_was_opened()
    {
        var venue = new VenueBench(Free);
        venue.Tick(100);
        venue.Market(100, 0.0002, nextFundingAtMs: T0 + 4 * Hour);
        venue.Clock(T0 + 13 * Hour);
        venue.Send(venue.Order(Side.Sell, 20));
        venue.Tick(100);
        venue.Clock(T0 + 15 * Hour);
        Assert.Empty(Paid(venue));
        venue.Restart();
        venue.Clock(T0 + 20 * Hour);
        Assert.Equal([20 * Hour], Paid(venue));
    }
}
