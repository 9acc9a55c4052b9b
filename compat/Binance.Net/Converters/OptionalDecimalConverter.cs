using System.Globalization;
using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>
/// Amounts that may be missing: an empty text and one that is no number are none. An amount that must be there is read
/// by the serializer itself, which throws at these.
/// </summary>
internal sealed class OptionalDecimalConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) return reader.GetDecimal();
        return decimal.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } amount) writer.WriteNumberValue(amount);
        else writer.WriteNullValue();
    }
}
