using System.Globalization;
using System.Text;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>Frames and replies of the market, as the exchange writes them.</summary>
internal static class MarketFrames
{
    public const long MinuteMs = 60_000;

    public static string Trade(long id, long atMs, string price, string quantity = "0.5") =>
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"stream":"btcusdt@aggTrade",
            "data":{"e":"aggTrade","E":{{{{atMs}}}},"s":"BTCUSDT","a":{{{{id}}}},"p":"{{{{price}}}}",
            "q":"{{{{quantity}}}}","f":1,"l":1,"T":{{{{atMs}}}},"m":true}}
            """);

    public static string Book(long id, long atMs, string bid, string ask) =>
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"stream":"btcusdt@bookTicker",
            "data":{"e":"bookTicker","u":{{{{id}}}},"E":{{{{atMs}}}},"T":{{{{atMs}}}},"s":"BTCUSDT",
            "b":"{{{{bid}}}}","B":"1","a":"{{{{ask}}}}","A":"1"}}
            """);

    public static string Mark(long atMs, string price, string rate, long nextMs) =>
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"stream":"btcusdt@markPrice@1s",
            "data":{"e":"markPriceUpdate","E":{{{{atMs}}}},"s":"BTCUSDT","p":"{{{{price}}}}",
            "i":"{{{{price}}}}","P":"{{{{price}}}}","r":"{{{{rate}}}}","T":{{{{nextMs}}}}}}
            """);

    public static string Candle(long openMs, bool isFinal = true) =>
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"stream":"btcusdt@kline_1m",
            "data":{"e":"kline","E":{{{{openMs + MinuteMs}}}},"s":"BTCUSDT","k":{"t":{{{{openMs}}}},
            "T":{{{{openMs + MinuteMs - 1}}}},"s":"BTCUSDT","i":"1m","f":1,"L":2,"o":"100","c":"101","h":"102","l":"99",
            "v":"10","n":5,"x":{{{{(isFinal ? "true" : "false")}}}},"q":"1000","V":"5","Q":"500","B":"0"}}}
            """);

    /// <summary>A reply of candles that a request asks for, but for those that open in a hole.</summary>
    public static string Candles(StubRequest request, Func<long, bool>? isMissing = null)
    {
        var fromMs = long.Parse(request["startTime"], CultureInfo.InvariantCulture);
        var toMs = long.Parse(request["endTime"], CultureInfo.InvariantCulture);
        var limit = int.Parse(request["limit"], CultureInfo.InvariantCulture);
        var text = new StringBuilder("[");
        var firstMs = (fromMs + MinuteMs - 1) / MinuteMs * MinuteMs;
        for (var openMs = firstMs; openMs <= toMs && limit > 0; openMs += MinuteMs)
        {
            if (isMissing?.Invoke(openMs) == true) continue;
            limit--;
            if (text.Length > 1) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"[{openMs},\"100\",\"102\",\"99\",\"101\",\"10\",");
            text.Append(CultureInfo.InvariantCulture, $"{openMs + MinuteMs - 1},\"1000\",5,\"5\",\"500\",\"0\"]");
        }

        return text.Append(']').ToString();
    }
}
