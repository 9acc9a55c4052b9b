using System.Globalization;
using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>A candle as a row of its parts.</summary>
internal sealed class KlineRowConverter : JsonConverter<BinanceFuturesUsdtKline>
{
    public override BinanceFuturesUsdtKline Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A candle is a row.");
        var kline = new BinanceFuturesUsdtKline
        {
            OpenTime = Time(ref reader),
            OpenPrice = Amount(ref reader),
            HighPrice = Amount(ref reader),
            LowPrice = Amount(ref reader),
            ClosePrice = Amount(ref reader),
            Volume = Amount(ref reader),
            CloseTime = Time(ref reader),
            QuoteVolume = Amount(ref reader),
            TradeCount = (int)Amount(ref reader),
            TakerBuyBaseVolume = Amount(ref reader),
            TakerBuyQuoteVolume = Amount(ref reader),
        };
        // What follows has no meaning. A long reply is read in pieces, in which the plain skip is not allowed.
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.TrySkip();
        return kline;
    }

    public override void Write(
        Utf8JsonWriter writer, BinanceFuturesUsdtKline value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Candles are read only.");

    private static DateTime Time(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        return TimeConverter.ReadTime(ref reader) ?? default;
    }

    private static decimal Amount(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        return reader.TokenType == JsonTokenType.Number
            ? reader.GetDecimal()
            : decimal.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is JsonTokenType.EndArray or JsonTokenType.StartArray)
            throw new JsonException("A candle's row lacks parts.");
    }
}
