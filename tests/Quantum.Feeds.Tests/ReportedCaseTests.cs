using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>
/// What users reported of their recordings, each under the name of its case, on a few lines of the same kind and on the
/// reported files where they lie beside the repository.
/// </summary>
public sealed class ReportedCaseTests : IDisposable
{
    private const long Start = 1_723_161_255_000;

    private readonly TapeFolder _folder = new();
    private readonly List<TapeNotice> _notices = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Capture_array_frame()
    {
        const string Marks = "[{\"e\":\"markPriceUpdate\",\"E\":1723161255001,\"s\":\"BTCUSDT\",\"p\":\"61799\","
            + "\"r\":\"0.0001\",\"T\":1723164855000},"
            + "{\"e\":\"markPriceUpdate\",\"E\":1723161255001,\"s\":\"ETHUSDT\",\"p\":\"2680\",\"T\":0}]";
        _folder.Write(
            "btcusdt.gz", Trade(0, "BTCUSDT", 1), Frame(1, "{\"stream\":\"!markPrice@arr@1s\",\"data\":" + Marks + "}"),
            Frame(2, "[{\"e\":\"24hrMiniTicker\",\"s\":\"BTCUSDT\"},7]"), Trade(3, "ETHUSDT", 1),
            Trade(1_000, "BTCUSDT", 2));
        Hold("capture-array-frame", sink =>
        {
            Assert.Equal(2, sink.Ticks.Count(tick => tick.Tick.Symbol.Name == "BTCUSDT"));
            Assert.Contains(sink.States, state => state.State.FundingRate == 0.0001 && state.State.MarkPrice > 60_000);
        });
        Assert.Contains(
            _notices, notice => notice.Text.Contains("24hrMiniTicker 1, no object 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Capture_torn_last_line()
    {
        var torn = Trade(2_000, "BTCUSDT", 3);
        _folder.WriteText(
            "btcusdt.gz",
            Trade(0, "BTCUSDT", 1) + "\n" + Trade(1_000, "BTCUSDT", 2) + "\n" + torn[..(torn.Length / 2)]);
        Hold("capture-torn-last-line", sink => Assert.Equal(2, sink.Ticks.Count));
        Assert.Single(_notices, notice => notice.IsWarning && notice.Text.Contains("line 3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BTCUSDT")]
    public void Capture_one_file_per_symbol(string symbols)
    {
        foreach (var name in (string[])["BTCUSDT", "ETHUSDT"])
        {
            _folder.Write(
                name.ToLowerInvariant() + "_20240808.gz", Trade(0, name, 1), Trade(1_000, name, 2),
                Trade(2_000, name, 3));
        }

        Hold("capture-one-file-per-symbol", sink =>
        {
            Assert.Equal(symbols.Length > 0 ? 3 : 6, sink.Ticks.Count);
            Assert.Equal(sink.Ticks.Select(tick => tick.AtMs).Order(), sink.Ticks.Select(tick => tick.AtMs));
        }, symbols);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("BTCUSDT", 1)]
    [InlineData("币安人生USDT", 1)]
    public void Symbol_not_ascii(string symbols, int expected)
    {
        _folder.Write("BTCUSDT-1m-2025-12.csv", TapeFolder.Minutes(5));
        _folder.Write("币安人生USDT-1m-2025-12.csv", TapeFolder.Minutes(5));
        Hold("symbol-not-ascii", sink =>
            Assert.Equal(expected, sink.Klines.Select(kline => kline.Kline.Symbol).Distinct().Count()), symbols);
    }

    [Fact]
    public void Symbol_not_ascii_in_a_capture()
    {
        _folder.Write(
            "all.gz", Trade(0, "BTCUSDT", 1), Trade(1, "币安人生USDT", 1), Trade(2, "\\u5e01\\u5b89\\u4eba\\u751fUSDT", 2),
            Trade(3, "BTC-USD", 1), Trade(4, "BTCUSDT", 2));
        var sink = Play();
        Assert.Equal(["BTCUSDT", "币安人生USDT", "币安人生USDT", "BTCUSDT"], sink.Ticks.Select(tick => tick.Tick.Symbol.Name));
        Assert.Contains(_notices, notice => notice.Text.Contains("symbol 'BTC-USD' 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Klines_5m_no_signal()
    {
        _folder.Write(
            "BTCUSDT-5m-2025-12.csv",
            [
                TapeFolder.Header,
                .. Enumerable.Range(0, 9).Select(i => $"{TapeFolder.StartMs + i * 300_000},1,1,1,1,1"),
            ]);
        Hold("klines-5m-no-signal", sink => Assert.All(sink.Klines, kline => Assert.Equal("5m", kline.Kline.Interval)));
    }

    [Fact]
    public void Klines_nanoseconds()
    {
        _folder.Write(
            "BTCUSDT.csv", TapeFolder.Header, "1764889080000000000,1,1,1,1,1", "1764889140000000000,1,1,1,1,1");
        Hold("klines-nanoseconds", sink => Assert.Equal(1_764_889_080_000, sink.Klines[0].Kline.OpenTimeMs));
    }

    [Fact]
    public void Klines_overlap_two_files()
    {
        _folder.Write("BTCUSDT-1m-2025-12.csv", TapeFolder.Minutes(20));
        _folder.Write("BTCUSDT-1m-2025-12-05.csv", TapeFolder.Minutes(30, 0, 1, 2, 3, 4));
        Hold("klines-overlap-two-files", sink =>
        {
            var opens = sink.Klines.Select(kline => kline.Kline.OpenTimeMs).ToArray();
            Assert.Equal(opens.Distinct().Order(), opens);
            Assert.DoesNotContain(sink.Klines, kline => kline.Kline.GapBefore);
        });
        Assert.Contains(_notices, notice => notice.Text.Contains("equal rows taken once", StringComparison.Ordinal));
    }

    [Fact]
    public void Klines_zip()
    {
        _folder.Write("BTCUSDT-1m-2025-12.zip", TapeFolder.Minutes(20));
        Hold("klines-zip", sink => Assert.True(sink.Klines.Count >= 20));
    }

    private static string Frame(int afterMs, string json) => $"{(Start + afterMs) * 1_000_000} {json}";

    private static string Trade(int afterMs, string symbol, int id) => Frame(
        afterMs,
        $"{{\"e\":\"trade\",\"E\":{Start + afterMs},\"T\":{Start + afterMs},\"s\":\"{symbol}\",\"t\":{id},"
        + "\"p\":\"61800.1\",\"q\":\"0.010\",\"X\":\"MARKET\",\"m\":false}");

    private RecordingSink Play(string symbols = "", string? path = null)
    {
        _notices.Clear();
        return RecordingSink.Of(RecordedFeed.Open(new RecordedSettings
        {
            Path = path ?? _folder.Path, OnNotice = _notices.Add,
            Symbols = [.. symbols.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Symbol.Parse)],
        }));
    }

    private void Hold(string name, Action<RecordingSink> holds, string symbols = "")
    {
        if (SharedFiles.Find("cases", name, "data") is { } reported) holds(Play(symbols, reported));
        holds(Play(symbols));
    }
}
