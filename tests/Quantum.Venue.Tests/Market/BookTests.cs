using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Venue.Market;

namespace Quantum.Venue.Tests.Market;

/// <summary>A book that is kept by one snapshot and the differences is, at every later moment, the venue's.</summary>
public sealed class BookTests
{
    private static readonly Instrument s_instrument = InstrumentBook.BuiltIn.Find(Symbol.Parse("BTCUSDT"))!;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 900)]
    [InlineData(4, 2_500)]
    public void Snapshot_and_differences_give_the_book_that_the_next_snapshot_shows(int seed, int farthestJump)
    {
        var chance = new Random(seed);
        var book = new BookLadder(s_instrument.Filters);
        var price = 60_000m;
        Set(book, price, chance);
        var track = new DepthTrack(book);
        Dictionary<long, decimal>? bids = null, asks = null;
        var (snapshotId, toldId) = (0L, 0L);
        for (var step = 1; step <= 300; step++)
        {
            for (var change = chance.Next(4); change > 0; change--)
            {
                price += chance.Next(-farthestJump, farthestJump + 1) * s_instrument.Filters.TickSize;
                Set(book, price, chance);
                track.Changed();
                // In the middle of what one difference will tell.
                if (step < 20 || bids is not null) continue;
                snapshotId = book.NumberSnapshot();
                (bids, asks) = (Shown(book, isBid: true), Shown(book, isBid: false));
            }

            if (!track.HasNews) continue;
            var (beforeId, lastId) = (track.ToldId, book.UpdateId);
            Assert.True(toldId == 0 || toldId == beforeId, "each difference begins where the one before ended");
            toldId = lastId;
            if (bids is not null && lastId >= snapshotId)
            {
                Take(bids, book, track.Bids, isBid: true);
                Take(asks!, book, track.Asks, isBid: false);
                Assert.Equal(Shown(book, isBid: true), bids);
                Assert.Equal(Shown(book, isBid: false), asks);
            }

            track.Restart();
        }

        Assert.True(bids is not null && toldId > snapshotId);
    }

    [Fact]
    public void The_first_difference_after_a_snapshot_begins_before_it()
    {
        var book = new BookLadder(s_instrument.Filters);
        book.Set(1, 60_000m, 60_000.1m);
        var track = new DepthTrack(book);
        // Nothing happened since the stream was last told.
        var snapshotId = book.NumberSnapshot();
        book.Set(2, 60_000.1m, 60_000.2m);
        track.Changed();
        Assert.InRange(snapshotId, track.ToldId + 1, book.UpdateId);
    }

    [Fact]
    public void A_level_that_stays_in_the_book_keeps_its_size_and_none_is_empty()
    {
        var book = new BookLadder(s_instrument.Filters);
        book.Set(1, 60_000m, 60_000.1m);
        var before = Shown(book, isBid: true);
        book.Set(2, 59_990m, 59_990.1m, 1.5m, 2.5m);
        var after = Shown(book, isBid: true);
        Assert.Equal(1.5m, after[599_900]);
        Assert.Equal(2.5m, book.SizeAt(599_901, isBid: false));
        var stayed = after.Keys.Intersect(before.Keys).Where(ticks => ticks != 599_900).ToArray();
        Assert.True(stayed.Length > 800);
        Assert.All(stayed, ticks => Assert.Equal(before[ticks], after[ticks]));
        Assert.All(after.Values, size => Assert.True(size >= s_instrument.Filters.MinQuantity));
        Assert.Equal(BookLadder.Levels, after.Count);
    }

    [Fact]
    public void Near_to_nothing_the_bids_end_above_it()
    {
        var book = new BookLadder(s_instrument.Filters);
        book.Set(1, 0.5m, 0.6m);
        Assert.Equal([5L, 4, 3, 2, 1], MarketJson.Best(book, 1_000, isBid: true));
        Assert.Equal(0, book.SizeAt(0, isBid: true));
    }

    private static void Set(BookLadder book, decimal bid, Random chance) => book.Set(
        0, bid, bid + (1 + chance.Next(3)) * s_instrument.Filters.TickSize, chance.Next(1, 5_000) / 1_000m,
        chance.Next(1, 5_000) / 1_000m);

    private static Dictionary<long, decimal> Shown(BookLadder book, bool isBid) =>
        MarketJson.Best(book, BookLadder.Levels, isBid)
            .ToDictionary(ticks => ticks, ticks => book.SizeAt(ticks, isBid));

    private static void Take(Dictionary<long, decimal> side, BookLadder book, IEnumerable<long> changed, bool isBid)
    {
        foreach (var ticks in changed)
        {
            var size = book.SizeAt(ticks, isBid);
            if (size == 0) side.Remove(ticks);
            else side[ticks] = size;
        }
    }
}
