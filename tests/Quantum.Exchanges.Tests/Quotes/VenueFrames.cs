using System.Text.Json;

namespace Quantum.Exchanges.Tests.Quotes;

/// <summary>What Bybit and OKX answer and push, in their own forms.</summary>
internal static class VenueFrames
{
    /// <summary>A Bybit that has these symbols and says of others that it does not.</summary>
    public static Func<string, IEnumerable<string>> Bybit(params string[] known) => frame =>
    {
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        if (root.GetProperty("op").GetString() == "ping")
            return [Json("{'success':true,'ret_msg':'pong','conn_id':'c','req_id':'','op':'ping'}")];
        var topic = root.GetProperty("args")[0].GetString()!;
        var isKnown = known.Contains(topic["tickers.".Length..]);
        var words = isKnown ? "" : $"error:handler not found,topic:{topic}";
        return
        [
            Json($"{{'success':{(isKnown ? "true" : "false")},'ret_msg':'{words}','conn_id':'c',"
                + $"'req_id':'{topic}','op':'subscribe'}}"),
        ];
    };

    /// <summary>An OKX that has these instruments and says of others that it does not.</summary>
    public static Func<string, IEnumerable<string>> Okx(params string[] known) => frame =>
    {
        if (frame == "ping") return ["pong"];
        using var document = JsonDocument.Parse(frame);
        return
        [
            .. document.RootElement.GetProperty("args").EnumerateArray().Select(argument =>
            {
                var channel = argument.GetProperty("channel").GetString();
                var name = argument.GetProperty("instId").GetString();
                return known.Contains(name)
                    ? Json($"{{'event':'subscribe','arg':{{'channel':'{channel}','instId':'{name}'}},'connId':'a1'}}")
                    : Json($"{{'event':'error','msg':'Wrong URL or channel:{channel},instId:{name} does not exist. "
                        + "Please use the correct URL, channel and parameters.','code':'60018','connId':'a1'}");
            }),
        ];
    };

    public static string BybitSnapshot(
        string symbol, long atMs, string bid, string ask, string rate = "0.0001", string hours = "8") =>
        Json($"{{'topic':'tickers.{symbol}','type':'snapshot','data':{{'symbol':'{symbol}','tickDirection':'PlusTick',"
            + $"'lastPrice':'{bid}','markPrice':'{bid}','fundingIntervalHour':'{hours}','fundingRate':'{rate}',"
            + $"'nextFundingTime':'1790380800000','bid1Price':'{bid}','bid1Size':'1.2','ask1Price':'{ask}',"
            + $"'ask1Size':'3.4'}},'cs':24987956059,'ts':{atMs}}}");

    /// <param name="symbol">The venue's.</param>
    /// <param name="atMs">The venue's time.</param>
    /// <param name="fields">What changed, as JSON without braces.</param>
    public static string BybitDelta(string symbol, long atMs, string fields) =>
        Json($"{{'topic':'tickers.{symbol}','type':'delta','data':{{'symbol':'{symbol}',{fields}}},"
            + $"'cs':24987956060,'ts':{atMs}}}");

    public static string OkxTicker(string name, long atMs, string bid, string ask) =>
        Json($"{{'arg':{{'channel':'tickers','instId':'{name}'}},'data':[{{'instType':'SWAP','instId':'{name}',"
            + $"'last':'{bid}','lastSz':'1','askPx':'{ask}','askSz':'11','bidPx':'{bid}','bidSz':'5',"
            + $"'open24h':'1','high24h':'2','low24h':'1','vol24h':'9','ts':'{atMs}'}}]}}");

    public static string OkxFunding(string name, string rate, long end, long next, long? begin = null) =>
        Json($"{{'arg':{{'channel':'funding-rate','instId':'{name}'}},'data':[{{'formulaType':'withRate',"
            + $"'fundingRate':'{rate}','fundingTime':'{end}','instId':'{name}','instType':'SWAP',"
            + $"'method':'current_period','nextFundingRate':'','nextFundingTime':'{next}',"
            + (begin is { } known ? $"'prevFundingTime':'{known}'," : "")
            + "'settState':'settled','ts':'1790358563915'}]}");

    private static string Json(string text) => text.Replace('\'', '"');
}
