using Quantum.Contracts.Units;
using Quantum.Feeds.Files;
using Quantum.Feeds.Recorded;

namespace Quantum.Feeds.Tests.Fuzz;

/// <summary>A form of recording for the fuzzer: real lines and how the product reads them.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Header">First line; empty when the form has none.</param>
/// <param name="Lines">Real lines in order.</param>
/// <param name="Read">Reads a part: each event as a line of text.</param>
/// <param name="Plain">
/// What one line says by a reading that shares nothing with the product's: its events; null when it says nothing right.
/// </param>
/// <param name="LastIsRead">True when a line that is cut in its last value looks whole.</param>
internal sealed record FuzzForm(
    string Name, string Header, string[] Lines, Func<TapePart, IEnumerable<string>> Read,
    Func<string, PlainRow?> Plain, bool LastIsRead)
{
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");
    private static readonly TapeSelection s_all = new([], null, null);

    /// <summary>True when a reader may take rows in another order than they stand.</summary>
    public bool Sorts { get; init; }

    public static FuzzForm[] All { get; } =
    [
        new("candles.csv", "timestamp,open,high,low,close,volume,quote_volume,trades",
        [
            "2025-12-04 22:58:00+00:00,92404.24,92419.43,92381.67,92381.68,4.59482,424582.6908354,2805",
            "2025-12-04 22:59:00+00:00,92381.68,92385.73,92334.94,92348.78,2.84786,263035.333008,2915",
            "2025-12-04 23:00:00+00:00,92348.78,92348.79,92276.94,92279.73,6.779,625731.1,3001",
            "2025-12-04 23:01:00+00:00,92279.73,92300.0,92270.1,92295.5,3.1,286116.0,1999",
        ], Candles, line => PlainRow.Candle(PlainRow.Csv(line, 8), 6, 7, -1), LastIsRead: true),
        new("dump.csv", "",
        [
            "1764892800000,92078.06,92150.0,92078.06,92149.99,4.75013,1764892859999,437541.3732449,2318,4.7,437541.3,0",
            "1764892860000,92150.0,92219.73,92145.42,92219.73,9.35178,1764892919999,862018.3957634,3504,9.3,862018.3,0",
            "1764892920000,92219.73,92230.0,92200.0,92210.0,5.0,1764892979999,461050.0,2000,2.5,230525.0,0",
            "1764892980000,92210.0,92240.5,92190.0,92240.5,7.25,1764893039999,668743.6,2600,3.0,276721.5,0",
        ], Candles, line => PlainRow.Candle(PlainRow.Csv(line, 12), 7, 8, 6), LastIsRead: false),
        new("freqtrade.json", "",
        [
            "[1756425600000,4480.0,4480.0,4444.0,4479.9,19235.176]",
                "[1756429200000,4479.9,4480.0,4424.0,4441.08,5903.376]",
            "[1756432800000,4441.08,4480.0,4424.0,4478.46,781.816]",
                "[1756436400000,4478.52,4522.0,4420.0,4480.0,105430.014]",
        ], Candles, line => PlainRow.Candle(PlainRow.Json(line), -1, -1, -1), LastIsRead: false),
        new("aggTrades.csv", "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
        [
            "2261094,61800.1,0.010,5173,5173,1723161255000,true", "2261095,61800.2,1.25,5174,5176,1723161255001,false",
            "2261096,61799.9,0.003,5177,5177,1723161255001,true", "2261097,61801.0,0.5,5178,5178,1723161255900,false",
        ], Ticks, line => PlainRow.Trade(PlainRow.Csv(line, 7), 0, 5, 1, 2, 6), LastIsRead: false),
        new("trades.csv", "id,price,qty,quote_qty,time,is_buyer_maker",
        [
            "5173,61800.1,0.010,618.001,1723161255000,true", "5174,61800.2,1.25,77250.25,1723161255001,false",
            "5177,61799.9,0.003,185.3997,1723161255001,true", "5178,61801.0,0.5,30900.5,1723161255900,false",
        ], Ticks, line => PlainRow.Trade(PlainRow.Csv(line, 6), 0, 4, 1, 2, 5), LastIsRead: false),
        new("tardis.csv", "exchange,symbol,timestamp,local_timestamp,id,side,price,amount",
        [
            "binance-futures,BTCUSDT,1598918403696000,1598918403810979,7,buy,11657.07,10.896",
            "binance-futures,BTCUSDT,1598918403888000,1598918403894256,8,sell,11657.0,0.2",
            "binance-futures,ETHUSDT,1598918403889000,1598918403894256,9,unknown,435.1,1.5",
            "binance-futures,BTCUSDT,1598918404100000,1598918404120000,10,sell,11656.5,0.001",
        ], Ticks, PlainRow.Tardis, LastIsRead: true),
        new("capture", "",
        [
            Frame(0, "{\"e\":\"trade\",\"E\":1723161255000,\"T\":1723161255000,\"s\":\"BTCUSDT\",\"t\":1,"
                + "\"p\":\"61800.1\",\"q\":\"0.010\",\"X\":\"MARKET\",\"m\":false}"),
            Frame(7, "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":5,\"s\":\"BTCUSDT\","
                + "\"b\":\"61800.2\",\"B\":\"2\",\"a\":\"61800.3\",\"A\":\"3\",\"T\":1723161255005,"
                + "\"E\":1723161255006}}"),
            Frame(9, "{\"stream\":\"!markPrice@arr\",\"data\":[{\"e\":\"markPriceUpdate\",\"E\":1723161255008,"
                + "\"s\":\"BTCUSDT\",\"p\":\"61799.5\",\"r\":\"0.0001\",\"T\":1723164855000}]}"),
            Frame(12, "{\"e\":\"aggTrade\",\"E\":1723161255011,\"T\":1723161255010,\"s\":\"ETHUSDT\",\"a\":9,"
                + "\"p\":\"2680.1\",\"q\":\"1.5\",\"m\":true}"),
        ], Ticks, PlainRow.Capture, LastIsRead: false),
        new("funding.csv", "calc_time,funding_interval_hours,last_funding_rate",
        [
            "1764892800017,8,0.00010000", "1764921600003,8,-0.00003141", "1764950400000,8,0.00002718",
            "1764979200001,8,0.00030000",
        ], Funding, line => PlainRow.Funding(PlainRow.Csv(line, 3)), LastIsRead: true) { Sorts = true },
    ];

    /// <summary>The lines as a file of this form.</summary>
    public string Text(IReadOnlyList<string> lines, bool isEnded)
    {
        if (Name.EndsWith(".json", StringComparison.Ordinal)) return $"[{string.Join(",", lines)}]";
        var text = string.Join('\n', Header.Length > 0 ? [Header, .. lines] : lines);
        return isEnded ? text + "\n" : text;
    }

    private static string Frame(int afterMs, string json) => $"{(1_723_161_255_000 + afterMs) * 1_000_000} {json}";

    private static IEnumerable<string> Candles(TapePart part) => new KlineFile(part, null, s_all, null)
        .Read(new TapeNotes())
        .Select(row => PlainRow.Text(row.OpenTimeMs, row.Open, row.High, row.Low, row.Close, row.Volume));

    private static IEnumerable<string> Ticks(TapePart part) => new TradeRun(
        [
            new TradeRun.Source(1, notes => part.Name == "capture"
                ? new CaptureReader(part, s_all, notes).Read() : new TradeReader(part, s_btc, s_all, notes).Read()),
        ])
        .Read(new TapeNotes())
        .Select(record => record.Kind switch
        {
            TapeRecordKind.Book => $"{record.Symbol} {PlainRow.Text(record.AtMs, record.BidPrice, record.AskPrice)}",
            TapeRecordKind.Mark => $"{record.Symbol} {PlainRow.Text(record.AtMs, record.Price)} {record.FundingRate}",
            _ => $"{record.Symbol} {PlainRow.Text(record.AtMs, record.Price, record.Quantity)} {record.IsBuyerMaker}",
        });

    private static IEnumerable<string> Funding(TapePart part) =>
        FundingReader.Read([part], s_btc, s_all, new TapeNotes())
        .Select(row => PlainRow.Text(row.AtMs, row.Rate));
}
