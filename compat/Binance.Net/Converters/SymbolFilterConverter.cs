using System.Globalization;
using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>A symbol's trading rule as the type of its kind.</summary>
internal sealed class SymbolFilterConverter : JsonConverter<BinanceSymbolFilter>
{
    public override BinanceSymbolFilter Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var rule = JsonElement.ParseValue(ref reader);
        var type = rule.GetProperty("filterType").Deserialize<SymbolFilterType>(options);
        BinanceSymbolFilter filter = type switch
        {
            SymbolFilterType.Price => new BinanceSymbolPriceFilter
            {
                MinPrice = Amount(rule, "minPrice"),
                MaxPrice = Amount(rule, "maxPrice"),
                TickSize = Amount(rule, "tickSize"),
            },
            SymbolFilterType.LotSize => new BinanceSymbolLotSizeFilter
            {
                MinQuantity = Amount(rule, "minQty"),
                MaxQuantity = Amount(rule, "maxQty"),
                StepSize = Amount(rule, "stepSize"),
            },
            SymbolFilterType.MarketLotSize => new BinanceSymbolMarketLotSizeFilter
            {
                MinQuantity = Amount(rule, "minQty"),
                MaxQuantity = Amount(rule, "maxQty"),
                StepSize = Amount(rule, "stepSize"),
            },
            SymbolFilterType.MinNotional => new BinanceSymbolMinNotionalFilter
            {
                MinNotional = Amount(rule, rule.TryGetProperty("minNotional", out _) ? "minNotional" : "notional"),
                ApplyToMarketOrders = rule.TryGetProperty("applyToMarket", out var apply) ? apply.GetBoolean() : null,
                AveragePriceMinutes = Count(rule, "avgPriceMins"),
            },
            SymbolFilterType.PricePercent => new BinanceSymbolPercentPriceFilter
            {
                MultiplierUp = Amount(rule, "multiplierUp"),
                MultiplierDown = Amount(rule, "multiplierDown"),
                MultiplierDecimal = Count(rule, "multiplierDecimal"),
                AveragePriceMinutes = Count(rule, "avgPriceMins"),
            },
            SymbolFilterType.MaxNumberOrders => new BinanceSymbolMaxOrdersFilter
            {
                MaxNumberOrders = Count(rule, "maxNumOrders") ?? rule.GetProperty("limit").GetInt32(),
            },
            SymbolFilterType.MaxNumberAlgorithmicOrders => new BinanceSymbolMaxAlgorithmicOrdersFilter
            {
                MaxNumberAlgorithmicOrders = Count(rule, "maxNumAlgoOrders") ?? rule.GetProperty("limit").GetInt32(),
            },
            _ => new(),
        };
        filter.FilterType = type;
        return filter;
    }

    public override void Write(Utf8JsonWriter writer, BinanceSymbolFilter value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Trading rules are read only.");

    private static decimal Amount(JsonElement rule, string name) =>
        decimal.Parse(rule.GetProperty(name).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int? Count(JsonElement rule, string name) =>
        !rule.TryGetProperty(name, out var count) ? null
        : count.ValueKind == JsonValueKind.String ? int.Parse(count.GetString()!, CultureInfo.InvariantCulture)
        : count.GetInt32();
}
