using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Binance.Net.Converters;
using Binance.Net.Enums;
using Binance.Net.Objects.Models;
using Binance.Net.Objects.Models.Futures;
using Binance.Net.Objects.Models.Futures.Socket;
using Binance.Net.Objects.Models.Spot;
using Binance.Net.Objects.Models.Spot.Socket;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>Each payload is read into its model, written again and compared: no value is lost or changed.</summary>
public sealed partial class PayloadTests
{
    /// <summary>What the library's models leave out, too.</summary>
    private static readonly string[] s_unread =
    [
        "listenKey", "disclaimer", "marginAsset", "a.P.ma", "o.si", "o.ss", "o.W", "o.ia", "o.act", "o.st", "k.B",
    ];

    public static TheoryData<string, Type> Rest => new()
    {
        { "account_config", typeof(BinanceFuturesAccountConfiguration) },
        { "account_v3", typeof(BinanceFuturesAccountInfoV3) },
        { "agg_trades", typeof(BinanceAggregatedTrade[]) },
        { "algo_cancel_all", typeof(BinanceResult) },
        { "algo_open_orders", typeof(BinanceFuturesConditionalOrder[]) },
        { "algo_order_cancel_conditional", typeof(BinanceFuturesConditionalOrder) },
        { "algo_order_new", typeof(BinanceFuturesConditionalOrder) },
        { "all_orders", typeof(BinanceUsdFuturesOrder[]) },
        { "balance_v3", typeof(BinanceUsdFuturesAccountBalance[]) },
        { "book_ticker", typeof(BinanceBookPrice) },
        { "cancel_all_open_orders", typeof(BinanceFuturesCancelAllOrders) },
        { "commission_rate", typeof(BinanceFuturesAccountUserCommissionRate) },
        { "countdown_cancel_all", typeof(BinanceFuturesCountDownResult) },
        { "funding_info", typeof(BinanceFuturesFundingInfo[]) },
        { "funding_rate", typeof(BinanceFuturesFundingRateHistory[]) },
        { "income_history", typeof(BinanceFuturesIncomeHistory[]) },
        { "leverage_bracket", typeof(BinanceFuturesSymbolBracket[]) },
        { "leverage_set", typeof(BinanceFuturesInitialLeverageChangeResult) },
        { "listen_key_start", typeof(BinanceListenKey) },
        { "margin_type_set", typeof(BinanceFuturesChangeMarginTypeResult) },
        { "multi_assets_mode", typeof(BinanceFuturesMultiAssetMode) },
        { "open_order", typeof(BinanceUsdFuturesOrder) },
        { "open_orders", typeof(BinanceUsdFuturesOrder[]) },
        { "order_cancel", typeof(BinanceUsdFuturesOrder) },
        { "order_new", typeof(BinanceUsdFuturesOrder) },
        { "order_new_market_ack", typeof(BinanceUsdFuturesOrder) },
        { "order_query", typeof(BinanceUsdFuturesOrder) },
        { "order_query_market_filled", typeof(BinanceUsdFuturesOrder) },
        { "position_risk_one_way", typeof(BinancePositionDetailsUsdt[]) },
        { "position_risk_v3", typeof(BinancePositionV3[]) },
        { "position_side_dual_set", typeof(BinanceResult) },
        { "premium_index", typeof(BinanceFuturesMarkPrice) },
        { "server_time", typeof(BinanceCheckTime) },
        { "symbol_config", typeof(BinanceSymbolConfiguration[]) },
        { "user_trades", typeof(BinanceFuturesUsdtTrade[]) },
        { "user_trades_real", typeof(BinanceFuturesUsdtTrade[]) },
    };

    [PayloadTheory]
    [MemberData(nameof(Rest))]
    public void A_reply_is_read_whole(string name, Type model) =>
        Assert.Empty(Losses(Payloads.Read($"rest/{name}.json"), model));

    [PayloadTheory]
    [InlineData("rec_*")]
    [InlineData("seq_*")]
    [InlineData("user_*")]
    public void Events_of_the_account_are_read_whole(string pattern)
    {
        var files = Directory.GetFiles(Path.Combine(Payloads.Folder!, "ws"), pattern);
        Assert.NotEmpty(files);
        Assert.Empty(
            from file in files
            from line in File.ReadLines(file)
            where line.Length > 0
            let text = Data(line)
            where ModelOf(text) is not null && !NothingForAnAmount().IsMatch(text)
            from loss in Losses(text, ModelOf(text)!)
            select $"{Path.GetFileName(file)}: {loss}");
    }

    [PayloadTheory]
    [InlineData("user_order_adl_new")]
    [InlineData("user_order_liquidation_nulls")]
    [InlineData("user_order_price_match")]
    [InlineData("user_order_reduce_only_qty")]
    public void Events_with_nothing_where_an_amount_must_be_cannot_be_read(string name) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<BinanceFuturesStreamOrderUpdate>(
            Data(Payloads.Read($"ws/{name}.json")), Json.Options));

    [PayloadTheory]
    [InlineData("market_agg_trade_combined", typeof(BinanceStreamAggregatedTrade))]
    [InlineData("market_book_ticker_combined", typeof(BinanceFuturesStreamBookPrice))]
    [InlineData("market_kline_closed", typeof(BinanceStreamKlineData))]
    [InlineData("market_kline_combined", typeof(BinanceStreamKlineData))]
    [InlineData("market_mark_price_combined", typeof(BinanceFuturesUsdtStreamMarkPrice))]
    public void Events_of_the_market_are_read_whole(string name, Type model) =>
        Assert.Empty(Losses(Data(Payloads.Read($"ws/{name}.json")), model));

    [PayloadTheory]
    [InlineData("exchange_info_btc_eth")]
    [InlineData("exchange_info_doc")]
    public void Trading_rules_are_read(string name)
    {
        var info = JsonSerializer.Deserialize<BinanceFuturesUsdtExchangeInfo>(
            Payloads.Read($"rest/{name}.json"), Json.Options)!;
        Assert.All(info.Symbols, symbol =>
        {
            Assert.True(symbol.PriceFilter!.TickSize > 0, symbol.Name);
            Assert.True(symbol.LotSizeFilter!.StepSize > 0, symbol.Name);
            Assert.True(symbol.MarketLotSizeFilter!.MaxQuantity > 0, symbol.Name);
            Assert.True(symbol.MinNotionalFilter!.MinNotional > 0, symbol.Name);
            Assert.True(symbol.PricePercentFilter!.MultiplierUp > 1, symbol.Name);
            Assert.True(Enum.IsDefined(symbol.Status), symbol.Name);
            Assert.All(symbol.OrderTypes, type => Assert.True(Enum.IsDefined(type)));
            Assert.All(symbol.TimeInForce, time => Assert.True(Enum.IsDefined(time)));
        });
        Assert.All(info.RateLimits, limit => Assert.True(Enum.IsDefined(limit.Interval) && limit.Limit > 0));
    }

    [PayloadTheory]
    [InlineData("klines")]
    public void Candles_are_read(string name)
    {
        var text = Payloads.Read($"rest/{name}.json");
        var row = JsonElement.Parse(text)[0];
        var kline = Assert.Single(JsonSerializer.Deserialize<BinanceFuturesUsdtKline[]>(text, Json.Options)!);
        decimal[] read =
        [
            Milliseconds(kline.OpenTime), kline.OpenPrice, kline.HighPrice, kline.LowPrice, kline.ClosePrice,
            kline.Volume, Milliseconds(kline.CloseTime), kline.QuoteVolume, kline.TradeCount,
            kline.TakerBuyBaseVolume, kline.TakerBuyQuoteVolume,
        ];
        Assert.Equal(row.EnumerateArray().Take(11).Select(part => Number(part.ToString())), read);
    }

    [PayloadTheory]
    [InlineData("rest")]
    public void Each_error_is_read(string kind)
    {
        var files = Payloads.Files(kind)
            .Where(file => Path.GetFileName(file).StartsWith("error-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var error = global::Binance.Net.Clients.Rest.RestErrors.Read(File.ReadAllBytes(file));
            var expected = Path.GetFileNameWithoutExtension(file)["error".Length..];
            Assert.Equal(expected, error.Code?.ToString(CultureInfo.InvariantCulture));
            Assert.NotEmpty(error.Message!);
        });
    }

    private static decimal Milliseconds(DateTime time) => TimeConverter.Milliseconds(time);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static string Data(string frame)
    {
        var element = JsonElement.Parse(frame);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty("data", out var data)
            ? data.GetRawText()
            : frame;
    }

    private static Type? ModelOf(string text) =>
        !JsonElement.Parse(text).TryGetProperty("e", out var kind) ? null : kind.GetString() switch
        {
            "ORDER_TRADE_UPDATE" => typeof(BinanceFuturesStreamOrderUpdate),
            "ACCOUNT_UPDATE" => typeof(BinanceFuturesStreamAccountUpdate),
            "TRADE_LITE" => typeof(BinanceFuturesStreamTradeUpdate),
            "ALGO_UPDATE" => typeof(BinanceAlgoOrderUpdate),
            "MARGIN_CALL" => typeof(BinanceFuturesStreamMarginUpdate),
            "ACCOUNT_CONFIG_UPDATE" => typeof(BinanceFuturesStreamConfigUpdate),
            "CONDITIONAL_ORDER_TRIGGER_REJECT" => typeof(BinanceConditionOrderTriggerRejectUpdate),
            "listenKeyExpired" => typeof(BinanceStreamEvent),
            "STRATEGY_UPDATE" => typeof(BinanceStrategyUpdate),
            "GRID_UPDATE" => typeof(BinanceGridUpdate),
            _ => null,
        };

    internal static IEnumerable<string> Losses(string text, Type model)
    {
        var read = JsonSerializer.Deserialize(text, model, Json.Options);
        var written = Payloads.Leaves(JsonSerializer.SerializeToElement(read, model, Json.Options))
            .ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal);
        foreach (var (path, value) in Payloads.Leaves(JsonElement.Parse(text)))
        {
            if (s_unread.Contains(Index().Replace(path, "").TrimStart('.'))) continue;
            var again = written.GetValueOrDefault(path, "");
            if (!IsSame(value, again)) yield return $"{path}: {value} became '{again}'";
        }
    }

    // A time of zero is none, an amount that is empty too; enums are written in the first of their texts. An example's
    // time of nine digits is taken for seconds.
    private static bool IsSame(string value, string again) =>
        string.Equals(value, again, StringComparison.OrdinalIgnoreCase)
        || (value is "" or "0" && again is "" or "-62135596800000")
        || (string.Equals(value, "cross", StringComparison.Ordinal) && again == "CROSSED")
        || (value == "CALCULATED" && again == "-9")
        || (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(again, NumberStyles.Float, CultureInfo.InvariantCulture, out var other)
            && (number == other || (value.Length == 9 && number * 1000 == other)));

    // The library loses these; UserStreamTests show it.
    [GeneratedRegex("\"(n|sp|AP|cr)\":null")]
    private static partial Regex NothingForAnAmount();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
