using System.Security.Cryptography;
using Quantum.Contracts.Units;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests;

/// <summary>The forms in which people keep recordings: which are taken, and what of them is told.</summary>
public sealed class TapeFormTests : IDisposable
{
    private const long Start = 1_764_892_800_000;

    private readonly TapeFolder _folder = new();
    private readonly List<TapeNotice> _notices = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>Three minutes from 2025-12-05 00:00 UTC, all the same candles.</summary>
    public static TheoryData<string, string> Candles => new()
    {
        { "BTCUSDT.csv", "timestamp,open,high,low,close,volume\nT0,O0\nT1,O1\nT2,O2\n" },
        { "btcusdt.csv", "\uFEFFTimestamp,Open,High,Low,Close,Volume\r\nT0,O0\r\nT1,O1\r\nT2,O2\r\n\r\n\r\n" },
        {
            "BTCUSDT.csv",
            "\"timestamp\",\"open\",\"high\",\"low\",\"close\",\"volume\"\n\"T0\",O0\n\"T1\",O1\n\"T2\",O2\n"
        },
        { "BTCUSDT.csv", "timestamp;open;high;low;close;volume\nT0;O0\nT1;O1\nT2;O2\n" },
        { "BTCUSDT.tsv", "timestamp\topen\thigh\tlow\tclose\tvolume\nT0\tO0\nT1\tO1\nT2\tO2\n" },
        { "BTCUSDT.csv", "# exported\ntime,open,high,low,close,volume\nT0,O0\nT1,O1\nT2,O2\n" },
        { "BTCUSDT.csv", "https://example.com\nunix,date,open,high,low,close,volume\nT0,x,O0\nT1,x,O1\nT2,x,O2\n" },
        { "BTCUSDT.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "BTCUSDT.csv.gz", "T0,O0,7\nT1,O1,7\nT2,O2,7\n" },
        { "BTCUSDT-1m-2025-12.zip", "T0,O0,C0,800,7,1,1,0\nT1,O1,C1,800,7,1,1,0\nT2,O2,C2,800,7,1,1,0\n" },
        { "data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-12-05.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "klines/BTCUSDT/1m/2025-12.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "BTCUSDT/data.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "BTC_USDT_USDT-1m-futures.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "BTC-USDT.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "binance_BTCUSDT_1m.csv", "T0,O0\nT1,O1\nT2,O2\n" },
        { "BTC_USDT_USDT-1m-futures.json", "[[T0,O0],[T1,O1],[T2,O2]]" },
        { "BTC_USDT-1m.json", "[ [T0, O0],\n [T1, O1],\n [T2, O2] ]\n" },
        { "BTCUSDT-1m.json.gz", "[[T0,O0,C0,800,7],[T1,O1,C1,800,7],[T2,O2,C2,800,7]]" },
    };

    [Theory, MemberData(nameof(Candles))]
    public void Candles_are_told_alike_from_every_form(string name, string text)
    {
        var separator = text.Contains(';', StringComparison.Ordinal) ? ";" : text.Contains('\t',
            StringComparison.Ordinal) ? "\t" : ",";
        for (var i = 0; i < 3; i++)
        {
            text = text.Replace($"T{i}", $"{Start + i * 60_000}", StringComparison.Ordinal)
                .Replace($"C{i}", $"{Start + i * 60_000 + 59_999}", StringComparison.Ordinal)
                .Replace($"O{i}", string.Join(separator, 100 + i, "102.50", 99, 101 + i % 2, 8),
                    StringComparison.Ordinal);
        }

        _folder.WriteText(name, text);
        var sink = Play();
        Assert.Equal(
            [(100m, 101m), (101m, 102m), (102m, 101m)], sink.Klines.Select(kline => (kline.Kline.Open,
                kline.Kline.Close)));
        Assert.All(sink.Klines, kline => Assert.Equal(("BTCUSDT", 102.5m, 8m, "1m"),
            (kline.Kline.Symbol.Name, kline.Kline.High, kline.Kline.Volume, kline.Kline.Interval)));
        Assert.DoesNotContain(_notices, notice => notice.IsWarning);
    }

    [Theory]
    [InlineData("1764892800", "1764896400")]
    [InlineData("1764892800.0", "1764896400.5")]
    [InlineData("1764892800000", "1764896400000")]
    [InlineData("1.7648928E+12", "1.7648964E+12")]
    [InlineData("1764892800000.0", "1764896400000.0")]
    [InlineData("1764892800000000", "1764896400000000")]
    [InlineData("1764892800000000000", "1764896400000000000")]
    [InlineData("2025-12-05", "2025-12-05 01:00")]
    [InlineData("2025-12-05 00:00:00", "2025-12-05T01:00:00")]
    [InlineData("2025/12/05 00:00:00", "2025/12/05 01:00:00")]
    [InlineData("2025-12-05 00:00:00+00:00", "2025-12-05T01:00:00.000Z")]
    [InlineData("2025-12-05 00:00:00 UTC", "2025-12-04T23:00:00.000000000-0200")]
    [InlineData("2025-12-05 02:00:00+02", "2025-12-05 06:30:00+05:30")]
    public void Times_are_read_alike_in_every_unit(string first, string second)
    {
        _folder.Write("BTCUSDT-1h.csv", TapeFolder.Header, first + ",1,1,1,1,1", second.Replace(".5", ".0",
            StringComparison.Ordinal) + ",1,1,1,1,1");
        _folder.Write("x/ETHUSDT-1h.csv", TapeFolder.Header, first + ",1,1,1,1,1");
        Assert.Equal([Start, Start, Start + 3_600_000], Play().Klines.Select(kline => kline.Kline.OpenTimeMs));
    }

    [Theory]
    [InlineData("BTCUSDT.csv", "timestamp,open,high,low,close,volume\nT,1,1,1,1,1\n")]
    [InlineData("BTC_USDT-1m.json", "[[T,1,1,1,1,1]]")]
    [InlineData("BTCUSDT-aggTrades.csv", "1,1,1,1,1,T,true\n")]
    [InlineData("BTCUSDT-trades.csv", "1,1,1,1,T,true\n")]
    [InlineData("trades.csv",
        "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\nx,BTCUSDT,T,T,1,buy,1,1\n")]
    [InlineData("a.gz", "T {\"e\":\"trade\",\"T\":1764892800000,\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"1\"}\n")]
    [InlineData("a.gz", "1764892800000000000 {\"e\":\"trade\",\"T\":T,\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"1\"}\n")]
    public void Times_outside_2009_to_2100_are_refused_in_every_form(string name, string text)
    {
        foreach (var time in (string[])["1230767999", "4133980800", "1230767999999", "4133980800000", "0",
            "99999999999999"])
        {
            _folder.WriteText(name, text.Replace("T,", time + ",", StringComparison.Ordinal).Replace("T {",
                time + " {", StringComparison.Ordinal));
            var error = Assert.Throws<FeedException>(() => Play());
            Assert.Contains("between 2009 and 2100", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mixed_units_in_one_tape_are_each_read_by_their_size()
    {
        _folder.Write("BTCUSDT-1m-2024-12.csv", $"{Start},1,2,1,1,1,{Start + 59_999},1,1,1,1,0",
            $"{Start + 60_000}000,1,2,1,1,1,{Start + 119_999}999,1,1,1,1,0");
        _folder.Write("BTCUSDT-1m-2025-01.zip", $"{Start + 120_000}000000,1,2,1,1,1,{Start + 179_999}999999,1,1,1,1,0");
        Assert.Equal([Start, Start + 60_000, Start + 120_000], Play().Klines.Select(kline => kline.Kline.OpenTimeMs));
    }

    [Fact]
    public void A_check_sum_that_does_not_fit_is_refused_and_one_that_fits_is_taken()
    {
        var path = _folder.Write("BTCUSDT-1m-2025-12-05.zip", TapeFolder.Minutes(3));
        var sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        _folder.Write("BTCUSDT-1m-2025-12-05.zip.CHECKSUM", $"{sum}  BTCUSDT-1m-2025-12-05.zip");
        Assert.Equal(3, Play().Klines.Count);
        _folder.Write("BTCUSDT-1m-2025-12-05.zip.CHECKSUM", $"{new string('0', 64)}  BTCUSDT-1m-2025-12-05.zip");
        Assert.Contains("its SHA-256 is", Assert.Throws<FeedException>(() => Play()).Message, StringComparison.Ordinal);
        // What is not asked for is not judged.
        _folder.Write("ETHUSDT.csv", TapeFolder.Minutes(3));
        Assert.Equal(3, Play("ETHUSDT").Klines.Count);
    }

    [Fact]
    public void A_zip_and_a_csv_of_one_month_and_a_dump_of_mark_prices_beside_are_one_tape()
    {
        _folder.Write("klines/BTCUSDT/1m/BTCUSDT-1m-2025-12.zip", TapeFolder.Minutes(5));
        _folder.Write("klines/BTCUSDT/1m/BTCUSDT-1m-2025-12.csv", TapeFolder.Minutes(5));
        _folder.Write("markPriceKlines/BTCUSDT/1m/BTCUSDT-1m-2025-12.csv", [.. TapeFolder.Minutes(5).Select(line =>
            line.Replace(",8", ",0", StringComparison.Ordinal).Replace(",101,", ",101.5,", StringComparison.Ordinal))]);
        _folder.Write("premiumIndexKlines/BTCUSDT/1m/BTCUSDT-1m-2025-12.csv", "nonsense");
        _folder.Write("metrics/BTCUSDT/BTCUSDT-metrics-2025-12-05.csv", "create_time,symbol,x", "1,2,3");
        var sink = Play();
        Assert.Equal(5, sink.Klines.Count);
        Assert.Equal(101.5m, sink.States[1].State.MarkPrice);
        Assert.Contains(_notices, notice => notice.Text.Contains("5 equal rows taken once", StringComparison.Ordinal));
    }

    [Fact]
    public void Funding_is_told_as_it_was_known_and_settled()
    {
        _folder.Write("BTCUSDT.csv", TapeFolder.Minutes(10));
        _folder.Write(
            "fundingRate/BTCUSDT-fundingRate-2025-12.csv", "calc_time,funding_interval_hours,last_funding_rate",
            $"{Start - 28_800_000},8,0.0003", $"{Start + 300_017},8,-0.0002", $"{Start + 28_800_003},8,0.0001");
        var states = Play().States.Select(state => (At: (state.AtMs - Start) / 60_000, state.State.FundingRate,
            state.State.NextFundingAtMs)).ToArray();
        Assert.All(states.Where(state => state.At < 4), state => Assert.Equal((0.0003, Start + 300_000),
            (state.FundingRate, state.NextFundingAtMs)));
        Assert.All(states.Where(state => state.At == 4), state => Assert.Equal((-0.0002, Start + 300_000),
            (state.FundingRate, state.NextFundingAtMs)));
        Assert.All(states.Where(state => state.At > 4), state => Assert.Equal((-0.0002, Start + 28_800_000),
            (state.FundingRate, state.NextFundingAtMs)));
    }

    [Fact]
    public void Trades_dumps_and_book_tickers_are_told_together()
    {
        _folder.Write("BTCUSDT-trades-2025-12-05.csv", "id,price,qty,quote_qty,time,is_buyer_maker",
            $"1,100,2,200,{Start + 5},true", $"2,101,1,101,{Start + 70_000},False");
        _folder.Write("BTCUSDT-bookTicker-2025-12-05.csv",
            "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time",
            $"1,99,1.5,100,2.5,{Start + 5},{Start + 6}");
        var sink = Play();
        var top = Assert.Single(sink.Books).Top;
        Assert.Equal((99m, 1.5m, 100m, 2.5m), (top.BidPrice, top.BidQuantity, top.AskPrice, top.AskQuantity));
        Assert.Equal((100m, 2m, true, 99m, 100m), (sink.Ticks[0].Tick.Price, sink.Ticks[0].Tick.Quantity,
            sink.Ticks[0].Tick.IsBuyerMaker, sink.Ticks[0].Tick.BidPrice, sink.Ticks[0].Tick.AskPrice));
        Assert.Equal(2, sink.Ticks.Count);
    }

    [Fact]
    public void Tardis_trades_books_and_tickers_are_told_together()
    {
        const string Stamp = "exchange,symbol,timestamp,local_timestamp,";
        _folder.Write("binance-futures_trades_2025-12-05_BTCUSDT.csv.gz", Stamp + "id,side,price,amount",
            $"binance-futures,BTCUSDT,{Start + 5}000,{Start + 9}000,7,sell,100,2");
        _folder.Write("binance-futures_book_snapshot_5_BTCUSDT.csv",
            Stamp + "asks[0].price,asks[0].amount,bids[0].price,bids[0].amount",
            $"binance-futures,BTCUSDT,{Start + 1}000,{Start + 2}000,101,1,99,1",
            $"binance-futures,BTCUSDT,{Start + 3}000,{Start + 4}000,,,99,1");
        _folder.Write("binance-futures_derivative_ticker_BTCUSDT.csv",
            Stamp + "funding_timestamp,funding_rate,predicted_funding_rate,open_interest,last_price,index_price,"
            + "mark_price",
            $"binance-futures,BTCUSDT,{Start + 1}000,{Start + 2}000,{Start + 1_000_000}000,0.0001,,,100,100,100.5");
        var sink = Play();
        var tick = Assert.Single(sink.Ticks).Tick;
        Assert.Equal((100m, 99m, 101m, true), (tick.Price, tick.BidPrice, tick.AskPrice, tick.IsBuyerMaker));
        Assert.Equal((100.5m, 0.0001, Start + 1_000_000), (sink.States[0].State.MarkPrice,
            sink.States[0].State.FundingRate, sink.States[0].State.NextFundingAtMs));
    }

    [Fact]
    public void Quotes_alone_play_at_their_middle_and_say_so()
    {
        _folder.Write("binance-futures_quotes_BTCUSDT.csv",
            "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount",
            $"x,BTCUSDT,{Start}000,{Start}000,1,101,99,1",
            $"x,BTCUSDT,{Start + 70_000}000,{Start + 70_000}000,1,102,100,1");
        var sink = Play();
        Assert.Equal([(100m, 0m), (101m, 0m)], sink.Ticks.Select(tick => (tick.Tick.Price, tick.Tick.Quantity)));
        Assert.Contains(_notices, notice => notice.IsWarning && notice.Text.Contains("quoted but not traded",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("time=When,open=First,high=Top,low=Bottom,close=Last,volume=Amount BTC")]
    [InlineData("time=1,open=3,high=4,low=5,close=6,volume=7")]
    public void Columns_of_other_names_are_given(string columns)
    {
        _folder.Write("BTCUSDT.csv", "When,Symbol,First,Top,Bottom,Last,Amount BTC", "2025-12-05,BTC/USDT,1,3,1,2,5",
            "2025-12-05 00:01,BTC/USDT,2,3,1,2,5");
        var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = _folder.Path,
            Columns = ColumnNames.Parse(columns) }));
        Assert.Equal((1m, 3m, 1m, 2m, 5m), (sink.Klines[0].Kline.Open, sink.Klines[0].Kline.High,
            sink.Klines[0].Kline.Low, sink.Klines[0].Kline.Close, sink.Klines[0].Kline.Volume));
        Assert.Contains("is no known form; taken are", Assert.Throws<FeedException>(() => Play()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Freqtrades_feather_is_told_with_its_funding()
    {
        if (SharedFiles.Find("data", "forms") is not { } forms) return;
        foreach (var name in (string[])["XRP_USDT_USDT-5m-futures.feather", "XRP_USDT_USDT-8h-funding_rate.feather"])
            _folder.WriteBytes(name, File.ReadAllBytes(Path.Combine(forms, name)));
        var sink = Play();
        Assert.Equal((1_999, "5m", "XRPUSDT", 1.1893m), (sink.Klines.Count, sink.Klines[0].Kline.Interval,
            sink.Klines[0].Kline.Symbol.Name, sink.Klines[0].Kline.Open));
        Assert.All(sink.Klines, kline => Assert.Null(kline.Kline.Fault()));
        Assert.Equal(0.00019881, sink.States[^1].State.FundingRate);
    }

    [Fact]
    public void The_recorded_files_of_each_form_are_taken()
    {
        if (SharedFiles.Find("data", "forms") is not { } forms) return;
        foreach (var (name, candles, ticks) in (( string, int, int)[])
        [
            ("FILUSDT-1m-2024-06-03.zip", 1_440, 5_760), ("ETH_USDT_USDT-1h-futures.json", 730, 2_920),
            ("XRP_USDT_USDT-5m-futures.feather", 1_999, 7_996), ("binance-futures_book_snapshot_5_BTCUSDT.csv", 0, 10),
        ])
        {
            var sink = RecordingSink.Of(RecordedFeed.Open(new RecordedSettings { Path = Path.Combine(forms, name) }));
            Assert.Equal((name, candles, ticks), (name, sink.Klines.Count, sink.Ticks.Count));
        }
    }

    private RecordingSink Play(string symbols = "")
    {
        _notices.Clear();
        return RecordingSink.Of(RecordedFeed.Open(new RecordedSettings
        {
            Path = _folder.Path, OnNotice = _notices.Add,
            Symbols = [.. symbols.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Symbol.Parse)],
        }));
    }
}
