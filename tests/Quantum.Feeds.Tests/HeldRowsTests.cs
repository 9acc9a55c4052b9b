using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

public sealed class HeldRowsTests : IDisposable
{
    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rows as tapes have them and as they never should: what is held is what was read, digit by digit.
    /// </summary>
    [Fact]
    public void Every_row_comes_back_as_it_was()
    {
        var random = new Random(7);
        var rows = new List<KlineRow>();
        var (atMs, line) = (TapeFolder.StartMs, 2L);
        for (var i = 0; i < 40_000; i++)
        {
            atMs += random.Next(50) == 0 ? random.NextInt64(1, 1L << 40) : 60_000;
            line += random.Next(50) == 0 ? random.NextInt64(1, 1L << 33) : 1;
            rows.Add(new KlineRow
            {
                Place = new RowPlace("a.csv", line), OpenTimeMs = atMs,
                Open = Number(random), High = Number(random), Low = Number(random), Close = Number(random),
                Volume = Number(random), QuoteVolume = random.Next(5) == 0 ? null : Number(random),
                Trades = random.Next(5) == 0 ? null : random.NextInt64(long.MinValue, long.MaxValue),
            });
        }

        var held = new HeldRows();
        foreach (var row in rows) held.Add(in row);
        held.Finish();
        // Two at once, as two runs of a sweep read them.
        var (first, second) = (held.Rows(), held.Rows());
        foreach (var row in rows)
        {
            Assert.True(first.Next());
            Assert.Equal(TextOf(in row), TextOf(first.Row));
            Assert.True(second.Next());
            Assert.Equal(TextOf(in row), TextOf(second.Row));
        }

        Assert.False(first.Next());
        Assert.False(first.Next());
        Assert.False(new HeldRows().Rows().Next());
    }

    [Fact]
    public void A_minute_of_a_real_market_takes_thirty_bytes_at_most()
    {
        if (SharedFiles.Find("data/klines-1m/BTCUSDT.csv.gz") is not { } path) return;
        var selection = new TapeSelection([], null, null);
        var file = new KlineFile(new Files.TapePart(path), null, selection, null, new HeldRoom());
        file.Scan(new TapeNotes());
        Assert.InRange(file.Held!.Bytes / (double)file.Count, 8, 30);
    }

    /// <summary>Gaps, files that follow each other, lie in each other, and repeat a row: told alike.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_held_tape_tells_what_its_files_tell(bool isMerged)
    {
        var lines = TapeFolder.Minutes(40, 7, 8, 21);
        _folder.Write("BTCUSDT-1.csv", [.. lines[..20]]);
        _folder.Write("BTCUSDT-2.csv", [TapeFolder.Header, .. isMerged ? lines[15..] : lines[20..]]);
        _folder.Write("ETHUSDT.csv.gz", TapeFolder.Minutes(30));
        var settings = new RecordedSettings
        {
            Path = _folder.Path, FromMs = TapeFolder.StartMs + 5 * 60_000, HistoryCandles = 3,
        };
        var plain = RecordingSink.Of(RecordedFeed.Open(settings));
        var feed = RecordedFeed.Open(settings with { HoldsRows = true });
        // What is played is not in the files any more.
        foreach (var path in Directory.GetFiles(_folder.Path)) File.Delete(path);
        Assert.Equal(plain.Lines, RecordingSink.Of(feed).Lines);
        Assert.Equal(plain.Lines, RecordingSink.Of(feed).Lines);
    }

    [Fact]
    public void What_finds_no_room_is_read_from_its_file()
    {
        var path = _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(30));
        var room = new HeldRoom { LeftBytes = 100 };
        var file = new KlineFile(new Files.TapePart(path), null, new TapeSelection([], null, null), null, room);
        file.Scan(new TapeNotes());
        Assert.Null(file.Held);
        Assert.Equal(100, room.LeftBytes);
        Assert.Equal(30, file.Read(null).Count());
    }

    private static decimal Number(Random random) => random.Next(12) switch
    {
        0 => decimal.MaxValue,
        1 => 0.0000000000000000000000000001m,
        2 => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
        3 => 0,
        4 => new decimal(-1, -1, 0, false, 0),
        _ => new decimal(random.Next(1, 10_000_000), 0, 0, false, (byte)random.Next(9)),
    };

    private static string TextOf(in KlineRow row) =>
        $"{row.OpenTimeMs} {row.Place.Line} {row.Open} {row.High} {row.Low} {row.Close} {row.Volume} "
        + $"{row.QuoteVolume} {row.Trades}";

    private static string TextOf(HeldRow row) =>
        $"{row.OpenTimeMs} {row.Line} {row.Open} {row.High} {row.Low} {row.Close} {row.Volume} "
        + $"{row.QuoteVolume} {row.Trades}";
}
