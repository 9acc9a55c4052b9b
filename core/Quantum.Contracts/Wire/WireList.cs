using System.Collections;
using System.Text.Json.Serialization;

namespace Quantum.Contracts.Wire;

/// <summary>
/// An immutable list inside an event, compared by its elements; crosses the wire as one JSON text field.
/// </summary>
[JsonConverter(typeof(WireListConverterFactory))]
public readonly struct WireList<T>(params IReadOnlyList<T> items) : IReadOnlyList<T>, IEquatable<WireList<T>>
{
    // Copied, so that whoever built the list cannot change an event behind its reader's back.
    private readonly T[]? _items = [.. items];

    public int Count => Items.Length;

    public T this[int index] => Items[index];

    private T[] Items => _items ?? [];

    public bool Equals(WireList<T> other) => Items.AsSpan().SequenceEqual(other.Items);
    public override bool Equals(object? obj) => obj is WireList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(WireList<T> left, WireList<T> right) => left.Equals(right);
    public static bool operator !=(WireList<T> left, WireList<T> right) => !left.Equals(right);
}
