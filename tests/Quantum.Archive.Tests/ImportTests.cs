using System.Globalization;
using Quantum.Archive.Files;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Recorded;

namespace Quantum.Archive.Tests;

/// <summary>What was imported into an archive plays as the recording that it came from.</summary>
public sealed class ImportTests : IDisposable
{
    private const long Midnight = 1_764_979_200_000;
    private const long Start = Midnight - 3 * 60_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-import-").FullName;

    private string Archive => Path.Combine(_folder, "archive");

    private string Recording => Path.Combine(_folder, "recording");

    [Fact]
    public void Candles_play_as_before_over_a_midnight()
    {
        Candles("BTCUSDT", 0, 10);
        Candles("ETHUSDT", 2, 9);
        Same(watches: true);
        Assert.Equal(2, new ArchiveFolder(Archive).Stream(StreamCatalog.MarketKlines.Name).Days.Count);
    }

    [Fact]
    public void Funding_beside_candles_plays_as_before_on_the_days_of_the_candles()
    {
        Candles("BTCUSDT", 0, 10);
        Candles("ETHUSDT", 2, 9);
        // One within the candles, one next to them on either side, and two that are none of theirs.
        for (var hour = -16; hour <= 16; hour += 8)
        {
            Write($"BTCUSDT-fundingRate-{hour + 20:00}.csv",
            [
                "calc_time,funding_interval_hours,last_funding_rate",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Midnight + hour * 3_600_000L + 4},8,0.000{hour / 8 + 4}1234"),
            ]);
        }

        var whole = new RecordedSettings { Path = Recording };
        var import = ArchiveImport.Run(whole, Archive, CancellationToken.None);
        Assert.Equal(10 + 7 + 3, import.Entries);
        var archive = new ArchiveFolder(Archive);
        Assert.Subset(
            archive.Stream(StreamCatalog.MarketKlines.Name).Days.ToHashSet(),
            archive.Stream(StreamCatalog.MarketData.Name).Days.ToHashSet());
        var (source, played) = (Played(whole, watches: true), Played(whole with { Path = Archive }, watches: true));
        Assert.Contains(source.States, state => state.State.FundingRate is not null);
        Assert.Equal(source.Lines, played.Lines);
        Assert.Equal(
            source.States.Select(s => (s.AtMs, s.State.FundingRate, s.State.NextFundingAtMs)),
            played.States.Select(s => (s.AtMs, s.State.FundingRate, s.State.NextFundingAtMs)));
    }

    [Fact]
    public void Trades_play_as_before()
    {
        Write("BTCUSDT-aggTrades-2025-12-05.csv", Enumerable.Range(0, 900).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{i},{100 + i % 7}.50,0.{1 + i % 9},{i},{i},{Start + i * 311},{i % 2 == 0}")));
        Same(watches: false);
    }

    [Fact]
    public void A_capture_with_quotes_and_marks_plays_its_trades_and_candles_as_before()
    {
        if (SharedFiles.Find("data", "capture", "btcusdt_20240808.gz") is not { } capture) return;
        var settings = new RecordedSettings { Path = capture };
        ArchiveImport.Run(settings, Archive, CancellationToken.None);
        var (source, played) = (Played(settings), Played(settings with { Path = Archive }));
        Assert.Equal(source.Klines, played.Klines);
        Assert.Equal(source.Ticks.Select(t => (t.AtMs, t.Tick.Price, t.Tick.Quantity)),
            played.Ticks.Select(t => (t.AtMs, t.Tick.Price, t.Tick.Quantity)));
        Assert.Equal(source.States[^1], played.States[^1]);
    }

    [Fact]
    public void A_part_of_an_archive_can_be_asked_for()
    {
        Candles("BTCUSDT", 0, 10);
        Candles("ETHUSDT", 0, 10);
        var whole = new RecordedSettings { Path = Recording };
        ArchiveImport.Run(whole, Archive, CancellationToken.None);
        var part = whole with
        {
            Symbols = [Symbol.Parse("ETHUSDT")], FromMs = Start + 120_000, ToMs = Start + 480_000,
        };
        Assert.Equal(Played(part).Lines, Played(part with { Path = Archive }).Lines);
        var fault = Assert.Throws<FeedException>(() =>
            RecordedFeed.Open(whole with { Path = Archive, Symbols = [Symbol.Parse("XRPUSDT")] }));
        Assert.Contains("XRPUSDT", fault.Message, StringComparison.Ordinal);
        Assert.Contains("BTCUSDT, ETHUSDT", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_is_there_is_refused_and_nothing_changes()
    {
        Candles("BTCUSDT", 0, 10);
        var settings = new RecordedSettings { Path = Recording };
        ArchiveImport.Run(settings, Archive, CancellationToken.None);
        var before = Directory.EnumerateFiles(Archive, "*", SearchOption.AllDirectories).Order().ToArray();
        var fault = Assert.Throws<ArchiveException>(() => ArchiveImport.Run(settings, Archive, CancellationToken.None));
        Assert.Contains("market.klines of that time of 2025-12-05 already", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFiles(Archive, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains(".importing", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void What_follows_in_time_is_imported_behind_what_is_there()
    {
        Candles("BTCUSDT", 0, 10);
        Candles("ETHUSDT", 0, 10);
        var whole = new RecordedSettings { Path = Recording };
        // The candle that ends at midnight is the last of the first part and stands on the second part's day.
        ArchiveImport.Run(whole with { FromMs = Midnight }, Archive, CancellationToken.None);
        ArchiveImport.Run(whole with { ToMs = Midnight }, Archive, CancellationToken.None);
        Assert.Equal(Played(whole, watches: true).Lines, Played(whole with { Path = Archive }, watches: true).Lines);
        var again = whole with { FromMs = Midnight - 60_000, ToMs = Midnight };
        var fault = Assert.Throws<ArchiveException>(() => ArchiveImport.Run(again, Archive, CancellationToken.None));
        Assert.Contains("of that time of 2025-12-06 already", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_is_named_and_left_out_only_when_asked()
    {
        Candles("BTCUSDT", 0, 10);
        var settings = new RecordedSettings { Path = Recording };
        ArchiveImport.Run(settings, Archive, CancellationToken.None);
        var part = new ArchiveFolder(Archive).Stream(StreamCatalog.MarketKlines.Name).Parts()[1];
        File.WriteAllBytes(part.Path, File.ReadAllBytes(part.Path)[..100]);
        var fault = Assert.Throws<FeedException>(() => RecordedFeed.Open(settings with { Path = Archive }));
        Assert.Contains(part.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--skip-broken", fault.Message, StringComparison.Ordinal);
        var notices = new List<string>();
        var feed = RecordedFeed.Open(settings with
        {
            Path = Archive, SkipBroken = true, OnNotice = notice => notices.Add(notice.Text),
        });
        Assert.Equal(2, RecordingSink.Of(feed).Klines.Count);
        Assert.Contains(notices, text => text.Contains(part.Path, StringComparison.Ordinal));
        Assert.Contains(part.Path, Assert.Single(ArchiveReport.Of(Archive).Broken), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Same(bool watches)
    {
        var settings = new RecordedSettings { Path = Recording };
        var import = ArchiveImport.Run(settings, Archive, CancellationToken.None);
        Assert.True(import.Entries > 0);
        var (source, played) = (Played(settings, watches), Played(settings with { Path = Archive }, watches));
        Assert.NotEmpty(source.Lines);
        Assert.Equal(source.Lines, played.Lines);
    }

    private static RecordingSink Played(RecordedSettings settings, bool watches = false)
    {
        var sink = new RecordingSink { Watches = _ => watches };
        RecordedFeed.Open(settings).Run(sink, CancellationToken.None);
        return sink;
    }

    private void Candles(string symbol, int from, int to) => Write(
        $"{symbol}-1m-2025-12.csv",
        Enumerable.Range(from, to - from).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{Start + i * 60_000},100.50,{102 + i}.0,99,{101 + i}.25,5.10,{Start + i * 60_000 + 59_999},512.3,7,0,0,0"
            )));

    private void Write(string name, IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Recording);
        File.WriteAllLines(Path.Combine(Recording, name), lines);
    }
}
