using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Quantum.Contracts.Wire;

/// <summary>
/// The one JSON dialect of the system: snake_case names, enum wire names, symbols as text, strict numbers.
/// </summary>
public static class WireJson
{
    /// <summary>Nested values of events: nothing missing, null or told twice is filled in.</summary>
    public static JsonSerializerOptions Options { get; } = Create(isStrict: true);

    /// <summary>State of roles: a member that an older build did not save yet keeps its initial value.</summary>
    public static JsonSerializerOptions StateOptions { get; } = Create(isStrict: false);

    /// <summary>Reads JSON text strictly; false when it is not JSON of that type.</summary>
    public static bool TryParse<TValue>(string text, [NotNullWhen(true)] out TValue? value) where TValue : class
    {
        try
        {
            value = JsonSerializer.Deserialize<TValue>(text, Options);
        }
        catch (JsonException)
        {
            value = null;
        }

        return value is not null;
    }

    private static JsonSerializerOptions Create(bool isStrict)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = new SnakeCase(),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = isStrict,
            RespectRequiredConstructorParameters = isStrict,
            AllowDuplicateProperties = !isStrict,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetUnknownBeLeftOut } },
        };
        options.Converters.Add(new SymbolConverter());
        options.Converters.Add(new EnumConverterFactory());
        options.MakeReadOnly();
        return options;
    }

    // Its members are required of whoever makes a part; what is unknown among them is null, and nulls are not written.
    private static void LetUnknownBeLeftOut(JsonTypeInfo type)
    {
        if (!type.Type.IsDefined(typeof(FlatFieldsAttribute), inherit: false)) return;
        foreach (var member in type.Properties) member.IsRequired = false;
    }

    private sealed class SnakeCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => WireNames.ToSnakeCase(name);
    }

    private sealed class SymbolConverter : JsonConverter<Symbol>
    {
        public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Symbol.TryParse(reader.GetString(), out var symbol)
                ? symbol
                : throw new JsonException($"'{reader.GetString()}' is not a symbol");

        public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);

        public override Symbol ReadAsPropertyName(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.Name);
    }

    private sealed class EnumConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class EnumConverter<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            return EnumText<TEnum>.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var value)
                ? value
                : throw new JsonException($"'{text}' is none of {EnumText<TEnum>.Allowed}");
        }

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
            writer.WriteStringValue(EnumText<TEnum>.Name(value));
    }
}
