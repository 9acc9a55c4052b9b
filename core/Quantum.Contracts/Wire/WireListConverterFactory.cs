using System.Text.Json.Serialization;

namespace Quantum.Contracts.Wire;

/// <summary>Reads and writes a <see cref="WireList{T}"/> as a JSON array.</summary>
public sealed class WireListConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(WireList<>);
    }

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        var converter = typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments());
        return (JsonConverter)Activator.CreateInstance(converter)!;
    }

    private sealed class Converter<T> : JsonConverter<WireList<T>>
    {
        public override WireList<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var items = JsonSerializer.Deserialize<T[]>(ref reader, options)
                ?? throw new JsonException("null is not a list");
            if (Array.Exists(items, item => item is null)) throw new JsonException("a list element is null");
            return new WireList<T>(items);
        }

        public override void Write(Utf8JsonWriter writer, WireList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
