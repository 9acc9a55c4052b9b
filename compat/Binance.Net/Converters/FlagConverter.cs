using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>Flags as such, as numbers and as texts; nothing is false.</summary>
internal sealed class FlagConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            JsonTokenType.Number => reader.GetInt64() >= 1,
            JsonTokenType.String => OfText(reader.GetString()!.Trim()),
            _ => throw new JsonException($"A flag is no {reader.TokenType}."),
        };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value);

    private static bool OfText(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" or "ON" or "ENABLED" => true,
        "FALSE" or "0" or "NO" or "OFF" or "DISABLED" or "" => false,
        _ => throw new JsonException($"'{text}' is no flag."),
    };
}
