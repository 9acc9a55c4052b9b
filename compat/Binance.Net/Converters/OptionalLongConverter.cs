using System.Globalization;
using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>Whole numbers that may be missing: an empty text is none.</summary>
internal sealed class OptionalLongConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) return reader.GetInt64();
        var text = reader.GetString();
        return string.IsNullOrEmpty(text) ? null : long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}
