using System.Globalization;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>Frames of the account's stream, as the exchange writes them.</summary>
internal static class UserFrames
{
    public static string Order(
        string clientId, string execution, string status, string last = "0", string total = "0", long trade = 0,
        bool isMaker = false, string fee = "0.05", string feeAsset = "USDT", long id = 77) =>
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"e":"ORDER_TRADE_UPDATE","T":1700000000000,"E":1700000000001,"o":{"s":"BTCUSDT","c":"{{{{clientId}}}}",
            "S":"BUY","o":"MARKET","f":"GTC","q":"0.002","p":"0","ap":"{{{{(total == "0" ? "0" : "60000")}}}}","sp":"0",
            "x":"{{{{execution}}}}","X":"{{{{status}}}}","i":{{{{id}}}},"l":"{{{{last}}}}","z":"{{{{total}}}}",
            "L":"{{{{(last == "0" ? "0" : "60000")}}}}","n":"{{{{(last == "0" ? "0" : fee)}}}}","N":"{{{{feeAsset}}}}",
            "T":1700000000000,"t":{{{{trade}}}},"b":"0","a":"0","m":{{{{(isMaker ? "true" : "false")}}}},"R":false,
            "wt":"CONTRACT_PRICE","ot":"MARKET","ps":"BOTH","cp":false,"rp":"0","pP":false,"si":0,"ss":0,"V":"NONE",
            "pm":"NONE","gtd":0,"er":"0"}}
            """);

    public static string TradeLite(string clientId) => $$$$"""
        {"e":"TRADE_LITE","E":1700000000000,"T":1700000000000,"s":"BTCUSDT","q":"0.002","p":"0","m":false,
        "c":"{{{{clientId}}}}","S":"BUY","L":"60000","l":"0.001","t":5,"i":77}
        """;

    public static string Algo(
        string clientId, string status, string actual = "", string filled = "", string price = "") => $$$$"""
        {"e":"ALGO_UPDATE","T":1700000000000,"E":1700000000001,"o":{"caid":"{{{{clientId}}}}","aid":88,
        "at":"CONDITIONAL","o":"STOP_MARKET","s":"BTCUSDT","S":"BUY","ps":"BOTH","f":"GTC","q":"0.002",
        "X":"{{{{status}}}}","ai":"{{{{actual}}}}",
        {{{{(filled.Length > 0 ? $"\"ap\":\"{price}\",\"aq\":\"{filled}\"," : "")}}}}"tp":"59000","p":"0",
        "V":"NONE","wt":"CONTRACT_PRICE","pm":"NONE","cp":false,"pP":false,"R":true,"tt":0,"gtd":0,"ia":false}}
        """;

    public static string TriggerReject(long id) => string.Create(CultureInfo.InvariantCulture, $$$$"""
        {"e":"CONDITIONAL_ORDER_TRIGGER_REJECT","E":1700000000001,"T":1700000000000,"or":{"s":"BTCUSDT","i":{{{{id}}}},
        "r":"margin is gone"}}
        """);

    public static string PositionRow(string quantity, string entry) => $$$$"""
        {"s":"BTCUSDT","pa":"{{{{quantity}}}}","ep":"{{{{entry}}}}","cr":"0","up":"0","mt":"isolated","iw":"24",
        "ps":"BOTH","ma":"USDT","bep":"{{{{entry}}}}"}
        """;

    public static string Position(string quantity, string entry) =>
        Account("ORDER", 1_700_000_000_000, "0", PositionRow(quantity, entry));

    public static string Funding(long atMs, string amount, string positions) =>
        Account("FUNDING_FEE", atMs, amount, positions);

    public static string Leverage(int leverage) => string.Create(CultureInfo.InvariantCulture, $$$$"""
        {"e":"ACCOUNT_CONFIG_UPDATE","T":1700000000000,"E":1700000000000,"ac":{"s":"BTCUSDT","l":{{{{leverage}}}}}}
        """);

    private static string Account(string reason, long atMs, string amount, string positions) =>
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"e":"ACCOUNT_UPDATE","T":{{{{atMs}}}},"E":{{{{atMs}}}},"a":{"B":[{"a":"USDT","wb":"1000","cw":"1000",
            "bc":"{{{{amount}}}}"}],"P":[{{{{positions}}}}],"m":"{{{{reason}}}}"}}
            """);
}
