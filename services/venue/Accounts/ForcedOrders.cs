using System.Buffers;
using Quantum.Venue.Market;

namespace Quantum.Venue.Accounts;

/// <summary>
/// Tells everybody of liquidations, whosever they are: of a symbol the latest of each second, as the exchange does.
/// </summary>
internal sealed class ForcedOrders(StreamHub hub) : IDisposable
{
    private const long PaceMs = 1_000;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(1), new() { SkipValidation = true });
    private readonly Dictionary<string, Snapshot> _latest = new(StringComparer.Ordinal);

    /// <summary>A liquidation's order was filled.</summary>
    /// <param name="order">As it is now.</param>
    /// <param name="lastQuantity">What was filled of it just now, base quantity.</param>
    /// <param name="atMs">UTC epoch ms.</param>
    public void Filled(Order order, decimal lastQuantity, long atMs)
    {
        if (!_latest.TryGetValue(order.Symbol.Name, out var latest))
            _latest[order.Symbol.Name] = latest = new Snapshot(new StreamNames(order.Symbol.Name).ForcedOrder);
        latest.Frame = IsHeard(latest) ? Write(order, lastQuantity, atMs) : null;
        Tell(latest, atMs);
    }

    /// <summary>The clock struck, UTC epoch ms.</summary>
    public void Strike(long atMs)
    {
        foreach (var latest in _latest.Values) Tell(latest, atMs);
    }

    public void Dispose() => _json.Dispose();

    private bool IsHeard(Snapshot latest) => hub.IsHeard(latest.Stream) || hub.IsHeard(StreamNames.AllForcedOrders);

    private void Tell(Snapshot latest, long atMs)
    {
        // Also when the clock was set back.
        if (latest.Frame is not { } frame || Math.Abs(atMs - latest.ToldMs) < PaceMs) return;
        (latest.Frame, latest.ToldMs) = (null, atMs);
        hub.Publish(latest.Stream, frame);
        hub.Publish(StreamNames.AllForcedOrders, frame);
    }

    private byte[] Write(Order order, decimal lastQuantity, long atMs)
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        _json.WriteStartObject();
        _json.WriteString("e"u8, "forceOrder"u8);
        _json.WriteNumber("E"u8, atMs);
        _json.WriteStartObject("o"u8);
        _json.WriteString("s"u8, order.Symbol.Name);
        _json.WriteString("S"u8, Words.Of(order.Side));
        // Publicly it is what it is in the book; its owner alone reads that it is a liquidation.
        _json.WriteString("o"u8, OrderWords.Limit);
        _json.WriteString("f"u8, order.TimeInForce);
        _json.Plain("q"u8, order.Quantity);
        _json.Plain("p"u8, order.Price);
        _json.Plain("ap"u8, order.AveragePrice);
        _json.WriteString("X"u8, order.Status);
        _json.Plain("l"u8, lastQuantity);
        _json.Plain("z"u8, order.Executed);
        _json.WriteNumber("T"u8, order.UpdatedMs);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenSpan.ToArray();
    }

    /// <summary>A symbol's newest liquidation that was not told yet.</summary>
    private sealed class Snapshot(string stream)
    {
        public string Stream { get; } = stream;

        public byte[]? Frame { get; set; }

        public long ToldMs { get; set; }
    }
}
