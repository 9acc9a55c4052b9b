using System.Buffers;

namespace Quantum.Venue.Wire;

/// <summary>Which of the addresses a socket came by, and so which streams it is told.</summary>
public enum StreamGroup { Public, Market, Private, Any }

/// <summary>Who is subscribed to what. Owned by the loop's thread.</summary>
public sealed class StreamHub
{
    private readonly Dictionary<string, HashSet<IStreamListener>> _listeners = new(StringComparer.Ordinal);
    private readonly HashSet<IStreamListener> _all = [];

    /// <summary>
    /// The group a market stream belongs to; null: it is none, and nothing is ever told on it. Set by the market side.
    /// </summary>
    public Func<string, StreamGroup?> GroupOf { get; set; } = _ => null;

    /// <summary>Called when somebody subscribed to a stream.</summary>
    public event Action<string>? Subscribed;

    /// <summary>Whether anybody listens: what nobody hears need not be written.</summary>
    public bool IsHeard(string stream) => _listeners.ContainsKey(stream);

    /// <summary>Tells an event, as JSON without the combined stream's envelope.</summary>
    public void Publish(string stream, ReadOnlyMemory<byte> json)
    {
        if (!_listeners.TryGetValue(stream, out var listeners)) return;
        ReadOnlyMemory<byte>? combined = null;
        foreach (var listener in listeners)
            listener.Tell(listener.IsCombined ? combined ??= Wrap(stream, json.Span) : json);
    }

    /// <summary>Notes a socket, whatever it subscribes to.</summary>
    public bool Join(IStreamListener listener) => _all.Add(listener);

    public bool Leave(IStreamListener listener) => _all.Remove(listener);

    /// <summary>Cuts all sockets, or those that hear a stream; how many.</summary>
    public int Cut(string? stream)
    {
        var listeners = stream is null ? _all : _listeners.GetValueOrDefault(stream);
        foreach (var listener in listeners ?? []) listener.Cut();
        return listeners?.Count ?? 0;
    }

    public void Subscribe(string stream, IStreamListener listener)
    {
        if (!_listeners.TryGetValue(stream, out var listeners)) _listeners[stream] = listeners = [];
        if (listeners.Add(listener)) Subscribed?.Invoke(stream);
    }

    public void Unsubscribe(string stream, IStreamListener listener)
    {
        if (!_listeners.TryGetValue(stream, out var listeners) || !listeners.Remove(listener)) return;
        if (listeners.Count == 0) _listeners.Remove(stream);
    }

    // A stream's name is what somebody sent, but only known names get here: letters, digits and @!_.
    private static byte[] Wrap(string stream, ReadOnlySpan<byte> json)
    {
        var name = Encoding.UTF8.GetBytes(stream);
        var body = new ArrayBufferWriter<byte>(json.Length + name.Length + 24);
        body.Write("{\"stream\":\""u8);
        body.Write(name);
        body.Write("\",\"data\":"u8);
        body.Write(json);
        body.Write("}"u8);
        return body.WrittenSpan.ToArray();
    }
}
