using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>
/// Every fault of a tape is one line that names file, line, column and value, before the first event.
/// </summary>
public sealed class BadTapeTests : IDisposable
{
    private const string Good0 = "2025-12-05 00:00:00+00:00,100,102,99,101,8";
    private const string Good1 = "2025-12-05 00:01:00+00:00,101,103,100,102,8";

    private readonly TapeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-12-05 00:02:00,100,NaN,99,101,8", "column high", "'NaN' is not a number")]
    [InlineData("2025-12-05 00:02:00,100,102,-99,101,8", "column low", "'-99' is not a price above 0")]
    [InlineData("2025-12-05 00:02:00,0,102,99,101,8", "column open", "'0' is not a price above 0")]
    [InlineData("2025-12-05 00:02:00,100,98,99,100,8", "column high", "'98' is below low 99")]
    [InlineData("2025-12-05 00:02:00,100,102,99,105,8", "column close", "'105' is outside low 99 to high 102")]
    [InlineData("2025-12-05 00:02:00,98,102,99,101,8", "column open", "'98' is outside low 99 to high 102")]
    [InlineData("2025-12-05 00:02:00,100,102,99,101,-8", "column volume", "'-8' is below 0")]
    [InlineData("2025-12-05 00:02:00,100,1o2,99,101,8", "column high", "'1o2' is not a number")]
    [InlineData("yesterday,100,102,99,101,8", "column timestamp", "'yesterday' is no time")]
    [InlineData("2025-12-05 00:00:30,100,102,99,101,8", "column timestamp", "is before")]
    [InlineData("2025-12-05 00:01:00,100,102,99,101,8", "column timestamp", "is a duplicate of line 3")]
    [InlineData("2025-12-05 00:02:07,100,102,99,101,8", "column timestamp", "is no start of a 1m candle")]
    [InlineData("2025-12-05 00:02:00,100,102,99", "line 4", "the row has 4 columns, 6 are needed")]
    public void Names_line_column_and_value(string row, string column, string what)
    {
        var path = _folder.Write("BTCUSDT.csv", TapeFolder.Header, Good0, Good1, row);
        var error = Assert.Throws<FeedException>(() => Open());
        Assert.StartsWith($"{path}, line 4", error.Message, StringComparison.Ordinal);
        Assert.Contains(column, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_same_rows_without_a_fault_are_taken()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Header, Good0, Good1, "2025-12-05 00:02:00,100,102,99,101,8");
        Assert.Equal(3, RecordingSink.Of(Open()).Klines.Count);
    }

    [Fact]
    public void A_bad_header_is_named()
    {
        _folder.Write("BTCUSDT.csv", "timestamp;open;high", Good0);
        Assert.Contains(
            "line 1, column header", Assert.Throws<FeedException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_path_an_empty_folder_and_an_empty_file_are_named()
    {
        var missing = Path.Combine(_folder.Path, "nowhere");
        var error = Assert.Throws<FeedException>(() => RecordedFeed.Open(new RecordedSettings { Path = missing }));
        Assert.StartsWith($"{missing}: there is no such file or folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("holds no recording; taken are candles", Assert.Throws<FeedException>(() => Open()).Message,
            StringComparison.Ordinal);
        _folder.Write("BTCUSDT.csv");
        Assert.Contains("is empty", Assert.Throws<FeedException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_gzip_an_unknown_symbol_and_a_wrong_name_are_named()
    {
        var file = _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        var unknown = Assert.Throws<FeedException>(() => Open("DOGEUSDT"));
        Assert.Contains("no file of DOGEUSDT; it has BTCUSDT", unknown.Message, StringComparison.Ordinal);
        File.Move(file, Path.Combine(_folder.Path, "BTCUSDT.csv.gz"));
        Assert.Contains(
            "is no gzip file", Assert.Throws<FeedException>(() => Open()).Message, StringComparison.Ordinal);
        File.Move(Path.Combine(_folder.Path, "BTCUSDT.csv.gz"), Path.Combine(_folder.Path, "x!.csv"));
        Assert.Contains(
            "its name tells no symbol", Assert.Throws<FeedException>(() => Open()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_intervals_in_one_folder_are_refused()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(3));
        _folder.Write(
            "ETHUSDT.csv", TapeFolder.Header, "2025-12-05 00:00:00,1,1,1,1,1", "2025-12-05 01:00:00,1,1,1,1,1");
        var error = Assert.Throws<FeedException>(() => Open());
        Assert.Contains("BTCUSDT has 1m candles, ETHUSDT has 1h candles", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_that_no_venue_has_and_a_single_candle_are_refused()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Header, Good0, "2025-12-05 00:00:42,1,1,1,1,1");
        Assert.Contains(
            "is 42000 ms after", Assert.Throws<FeedException>(() => Open()).Message, StringComparison.Ordinal);
        _folder.Write("BTCUSDT.csv", TapeFolder.Header, Good0);
        Assert.Contains(
            "one candle alone", Assert.Throws<FeedException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1723161256000000000 {\"e\":\"trade\",\"s\":\"BTCUSDT\"", "column frame")]
    [InlineData("x {\"e\":\"trade\"}", "column receive time")]
    [InlineData("1 {\"e\":\"trade\"}", "is no time between 2009 and 2100")]
    [InlineData("1723161254000000000 {\"e\":\"trade\"}", "is before the line above")]
    [InlineData(
        "1723161256000000000 {\"e\":\"trade\",\"T\":1723161256322,\"s\":\"BTCUSDT\",\"p\":\"-1\",\"q\":\"1\"}",
            "column p: '-1'")]
    [InlineData(
        "1723161256000000000 {\"e\":\"bookTicker\",\"T\":1723161256322,\"s\":\"BTCUSDT\",\"b\":\"2\",\"a\":\"1\"}",
        "is an ask below the bid 2")]
    public void A_bad_frame_of_a_capture_is_named(string line, string what)
    {
        _folder.Write(
            "capture.gz",
            "1723161255000000000 {\"e\":\"trade\",\"T\":1723161255322,\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"1\"}",
            line);
        var error = Assert.Throws<FeedException>(() => Open());
        Assert.Contains("capture.gz, line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7,1.5,2,1,1,1723161256000,true", "is a duplicate")]
    [InlineData("6,1.5,2,1,1,1723161256000,true", "is before the line above")]
    [InlineData("8,1.5,2,1,1,1723161254000,true", "is before the line above")]
    [InlineData("8,1.5,2,1,1,1723161256000,maybe", "column is_buyer_maker")]
    public void A_bad_row_of_an_aggTrades_dump_is_named(string row, string what)
    {
        _folder.Write("BTCUSDT-aggTrades-2024-08-08.csv", "7,1.5,2,1,1,1723161255000,true", row);
        var error = Assert.Throws<FeedException>(() => Open());
        Assert.Contains(", line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    private IMarketFeed Open(params string[] symbols) => RecordedFeed.Open(
        new RecordedSettings { Path = _folder.Path, Symbols = [.. symbols.Select(Symbol.Parse)] });
}
