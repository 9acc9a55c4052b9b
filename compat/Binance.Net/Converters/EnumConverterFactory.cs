using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>
/// Enums by their texts on the wire. A text that nobody knows is no error: where the value may be missing it is, else
/// it is <see cref="WireNames{T}.Undefined"/>.
/// </summary>
internal sealed class EnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsEnum || Nullable.GetUnderlyingType(typeToConvert)?.IsEnum == true;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var converter = Nullable.GetUnderlyingType(typeToConvert) is { } inner
            ? typeof(OptionalEnumConverter<>).MakeGenericType(inner)
            : typeof(EnumConverter<>).MakeGenericType(typeToConvert);
        return (JsonConverter)Activator.CreateInstance(converter)!;
    }

    private static T? Read<T>(ref Utf8JsonReader reader)
        where T : struct, Enum => reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String when !reader.HasValueSequence && !reader.ValueIsEscaped =>
                WireNames<T>.Find(reader.ValueSpan),
            JsonTokenType.String => WireNames<T>.Find(Encoding.UTF8.GetBytes(reader.GetString()!)),
            JsonTokenType.Number => WireNames<T>.Find(
                Encoding.UTF8.GetBytes(reader.GetInt32().ToString(CultureInfo.InvariantCulture))),
            JsonTokenType.True or JsonTokenType.False =>
                WireNames<T>.Find(Encoding.UTF8.GetBytes(reader.GetBoolean().ToString())),
            _ => throw new JsonException($"{typeof(T).Name} is no {reader.TokenType}."),
        };

    private sealed class EnumConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        public override bool HandleNull => true;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read<T>(ref reader) ?? WireNames<T>.Undefined;

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(WireNames<T>.Of(value));
    }

    private sealed class OptionalEnumConverter<T> : JsonConverter<T?>
        where T : struct, Enum
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read<T>(ref reader);

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
        {
            if (value is { } member) writer.WriteStringValue(WireNames<T>.Of(member));
            else writer.WriteNullValue();
        }
    }
}
