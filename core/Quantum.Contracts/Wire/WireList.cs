using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quantum.Contracts.Wire;

/// <summary>An immutable list inside an event, compared by its elements; crosses the wire as one JSON text field.</summary>
[JsonConverter(typeof(WireListConverterFactory))]
public readonly struct WireList<T>(params IReadOnlyList<T> items) : IReadOnlyList<T>, IEquatable<WireList<T>>
{
    private readonly IReadOnlyList<T>? _items = items;

    public int Count => Items.Count;

    public T this[int index] => Items[index];

    private IReadOnlyList<T> Items => _items ?? [];

    public bool Equals(WireList<T> other) => Items.SequenceEqual(other.Items);
    public override bool Equals(object? obj) => obj is WireList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => Items.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(WireList<T> left, WireList<T> right) => left.Equals(right);
    public static bool operator !=(WireList<T> left, WireList<T> right) => !left.Equals(right);
}

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
        public override WireList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T[]>(ref reader, options) ?? throw new JsonException("null is not a list"));

        public override void Write(Utf8JsonWriter writer, WireList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
