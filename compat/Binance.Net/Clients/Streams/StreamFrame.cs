using System.Text.Json;

namespace Binance.Net.Clients.Streams;

/// <summary>
/// The parts of a websocket frame that say where it belongs, found in one pass without building anything: of
/// <c>{"stream":…,"data":{"e":…}}</c> the stream, the event and the data, of <c>{"result":…,"id":…}</c> the id.
/// </summary>
internal readonly ref struct StreamFrame
{
    private StreamFrame(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data, long? id)
    {
        Stream = stream;
        Event = kind;
        Data = data;
        Id = id;
    }

    /// <summary>Empty when the frame is none of a combined stream.</summary>
    public ReadOnlySpan<byte> Stream { get; }

    /// <summary>The kind of the data; empty when it has none.</summary>
    public ReadOnlySpan<byte> Event { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The request that the frame answers.</summary>
    public long? Id { get; }

    /// <exception cref="JsonException">The frame is no JSON.</exception>
    public static StreamFrame Read(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> stream = default, kind = default, data = default;
        long? id = null;
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String) stream = reader.ValueSpan;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                kind = KindOf(ref reader);
                data = frame[start..(int)reader.BytesConsumed];
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) id = number;
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return new(stream, kind, data, id);
    }

    // Leaves the reader behind the data.
    private static ReadOnlySpan<byte> KindOf(scoped ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> kind = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return kind;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = reader.ValueTextEquals("e"u8);
            reader.Read();
            if (isKind && reader.TokenType == JsonTokenType.String) kind = reader.ValueSpan;
            reader.Skip();
        }

        return kind;
    }
}
