using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>
/// What is asked for is selected first and judged then: what is wrong with a file, row or frame that nobody asked for
/// stops nothing, and what is wrong inside stops the start.
/// </summary>
public sealed class SelectionTests : IDisposable
{
    private const long Start = 1_764_892_800_000;

    private readonly TapeFolder _folder = new();
    private readonly List<TapeNotice> _notices = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>A row at minute 2 of five and what is wrong with it.</summary>
    public static TheoryData<string, string> BadRows => new()
    {
        { "high below low", $"{Start + 120_000},100,98,99,100,8" },
        { "no number", $"{Start + 120_000},100,1o2,99,101,8" },
        { "too few columns", $"{Start + 120_000},100,102" },
        { "no time", "yesterday,100,102,99,101,8" },
        { "before the row above", $"{Start + 60_000},1,1,1,1,1" },
        { "a second other row", $"{Start + 120_000},102,104,101,103,8\n{Start + 120_000},102,104,101,103,9" },
        { "off the grid", $"{Start + 121_000},102,104,101,103,8" },
    };

    [Theory, MemberData(nameof(BadRows))]
    public void A_bad_row_of_candles_stops_only_who_asks_for_it(string what, string row)
    {
        var lines = TapeFolder.Minutes(6).ToList();
        // Header and two good rows stay before it.
        lines[3] = row;
        _folder.WriteText("BTCUSDT-1m.csv", string.Join('\n', lines) + "\n");
        Assert.True(Assert.Throws<FeedException>(() => Play()).Message.Contains("BTCUSDT-1m.csv",
            StringComparison.Ordinal), what);
        Assert.Equal([Start + 240_000, Start + 300_000],
            Play(fromMs: Start + 240_000).Klines.Select(kline => kline.AtMs - 60_000));
        Assert.Contains(_notices, notice => notice.IsWarning && notice.Text.Contains("left out",
            StringComparison.Ordinal));
        // This one says a time inside.
        if (what == "before the row above") return;
        Assert.Equal([Start, Start + 60_000], Play(toMs: Start + 120_000).Klines.Select(kline => kline.AtMs - 60_000));
    }

    [Theory]
    [InlineData("ETHUSDT.csv", "timestamp,open,high,low,close,volume\nnonsense\n")]
    [InlineData("ETHUSDT.csv", "what;is;this\n1;2;3\n")]
    [InlineData("ETHUSDT-1m.zip.not.zip", "x")]
    [InlineData("ETHUSDT-5m.csv", "1764892800000,1,1,1,1,1\n1764893100000,1,1,1,1,1\n")]
    public void A_bad_file_of_another_symbol_stops_only_who_asks_for_it(string name, string text)
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        if (name.EndsWith(".not.zip", StringComparison.Ordinal))
            File.WriteAllText(Path.Combine(_folder.Path, "ETHUSDT-1m.zip"), text);
        else
            _folder.WriteText(name, text);
        Assert.Contains("ETHUSDT", Assert.Throws<FeedException>(() => Play()).Message, StringComparison.Ordinal);
        Assert.Equal(3, Play("BTCUSDT").Klines.Count);
    }

    [Fact]
    public void What_is_no_recording_is_left_out_and_said()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        _folder.Write("BTCUSDT-1m-2026-01.csv", TapeFolder.Header);
        _folder.WriteText("BTCUSDT-1m-2026-02.csv", "");
        _folder.Write("notes.csv", "what,ever", "1,2");
        _folder.WriteText("README.txt", "about these files");
        _folder.WriteText("settings.json", "{}");
        _folder.WriteText("old.parquet", "PAR1");
        _folder.WriteText(".hidden/ETHUSDT.csv", "nonsense");
        Assert.Equal(3, Play().Klines.Count);
        foreach (var name in (string[])["2026-01.csv", "2026-02.csv", "notes.csv", "settings.json", "old.parquet"])
            Assert.Contains(_notices, notice => notice.IsWarning && notice.Text.Contains(name,
                StringComparison.Ordinal));
        Assert.DoesNotContain(_notices, notice => notice.Text.Contains("README", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("old.parquet", "convert it to .feather or .csv")]
    [InlineData("BTCUSDT.csv.bz2", "unpack it")]
    [InlineData("notes.md", "holds no recording; taken are candles as CSV")]
    public void Where_nothing_is_taken_the_refusal_says_what_is(string name, string words)
    {
        _folder.WriteText(name, "x");
        Assert.Contains(words, Assert.Throws<FeedException>(() => Play()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contradiction_names_both_files_lines_and_values()
    {
        var first = _folder.Write("BTCUSDT-1m-2025-12.csv", TapeFolder.Minutes(5));
        var lines = TapeFolder.Minutes(5, 0, 1);
        lines[2] = lines[2].Replace(",8", ",8.5", StringComparison.Ordinal);
        var second = _folder.Write("daily/BTCUSDT-1m-2025-12-05.csv", lines);
        var fault = Assert.Throws<FeedException>(() => Play()).Message;
        Assert.StartsWith(
            $"{second}, line 3, column timestamp: '2025-12-05 00:03:00Z' is a duplicate of {first}, line 5,", fault,
            StringComparison.Ordinal);
        Assert.Contains("volume is 8.5, there 8", fault, StringComparison.Ordinal);
        // Where it is not played it stops nothing.
        Assert.Single(Play(fromMs: Start + 240_000).Klines);
    }

    [Fact]
    public void Trades_of_two_files_are_merged_and_a_contradiction_names_both()
    {
        string Row(int id, string quantity = "1") => $"{id},{100 + id},{quantity},{id},{id},{Start + id * 1_000},true";
        _folder.Write("BTCUSDT-aggTrades-2025-12.csv", Row(1), Row(2), Row(3));
        _folder.Write("BTCUSDT-aggTrades-2025-12-05.csv", Row(2), Row(3, "1.0"), Row(4));
        Assert.Equal([101, 102, 103, 104], Play().Ticks.Select(tick => tick.Tick.Price));
        Assert.Contains(_notices, notice => notice.Text.StartsWith("2 equal rows taken once",
            StringComparison.Ordinal));
        _folder.Write("BTCUSDT-aggTrades-2025-12-05.csv", Row(2), Row(3, "7"), Row(4));
        var fault = Assert.Throws<FeedException>(() => Play()).Message;
        Assert.Contains("2025-12.csv, line 3: trade 3 is 1 at 103, but 7 at 103 in ", fault, StringComparison.Ordinal);
        Assert.Contains("2025-12-05.csv, line 2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_one_capture_that_overlap_are_taken_once()
    {
        string Row(int id) => $"{(Start + id) * 1_000_000} "
            + $"{{\"e\":\"trade\",\"T\":{Start + id},\"s\":\"BTCUSDT\",\"p\":\"{100 + id}\",\"q\":\"1\"}}";
        _folder.Write("part1.gz", Row(1), Row(2), Row(3));
        _folder.Write("part2.gz", Row(2), Row(3), Row(4));
        Assert.Equal([101, 102, 103, 104], Play().Ticks.Select(tick => tick.Tick.Price));
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_gives_what_is_there_with_a_warning()
    {
        var whole = TapeFolder.Gzip(System.Text.Encoding.UTF8.GetBytes(string.Join('\n',
            TapeFolder.Minutes(5_000)) + "\n"));
        File.WriteAllBytes(Path.Combine(_folder.Path, "BTCUSDT.csv.gz"), whole[..(whole.Length / 2)]);
        Assert.InRange(Play().Klines.Count, 1_000, 4_000);
        Assert.Contains(_notices, notice => notice.IsWarning && notice.Text.Contains("ends before its own end",
            StringComparison.Ordinal));
        // Members behind one another are one file, and a wrong check sum is no cut.
        File.WriteAllBytes(Path.Combine(_folder.Path, "BTCUSDT.csv.gz"), [.. whole, .. TapeFolder.Gzip([])]);
        Assert.Equal(5_000, Play().Klines.Count);
        Assert.Empty(_notices);
        whole[^6] ^= 1;
        File.WriteAllBytes(Path.Combine(_folder.Path, "BTCUSDT.csv.gz"), whole);
        Assert.Contains("cannot be read", Assert.Throws<FeedException>(() => Play()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escape_sequence_in_a_file_or_its_name_reaches_no_terminal()
    {
        _folder.WriteText("BTCUSDT-\u001b[31m.csv", "\u001b[2J,open\n");
        var fault = Assert.Throws<FeedException>(() => Play()).Message;
        Assert.DoesNotContain(fault, char.IsControl);
        Assert.Contains("\\u001b[2J", fault, StringComparison.Ordinal);
    }

    private RecordingSink Play(string symbols = "", long? fromMs = null, long? toMs = null)
    {
        _notices.Clear();
        return RecordingSink.Of(RecordedFeed.Open(new RecordedSettings
        {
            Path = _folder.Path, OnNotice = _notices.Add, FromMs = fromMs, ToMs = toMs,
            Symbols = [.. symbols.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Symbol.Parse)],
        }));
    }
}
