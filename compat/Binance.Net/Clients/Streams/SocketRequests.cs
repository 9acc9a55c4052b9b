using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Binance.Net.Clients.Streams;

/// <summary>The requests of a connection that wait for their replies.</summary>
internal sealed class SocketRequests
{
    private static int s_lastId;

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Error?>> _pending = new();

    /// <summary>A request's text and the task that ends with its reply, null being a good one.</summary>
    public (long Id, byte[] Text, Task<Error?> Reply) Begin(string method, string[] topics)
    {
        var id = Interlocked.Increment(ref s_lastId);
        var source = new TaskCompletionSource<Error?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = source;
        // Named by hand: the same order as the library's.
        var text = $"{{\"method\":\"{method}\",\"id\":{id},\"params\":{JsonSerializer.Serialize(topics)}}}";
        return (id, Encoding.UTF8.GetBytes(text), source.Task);
    }

    // The library takes any reply for a good one: what the exchange refused is subscribed and stays silent.
    public bool Answer(long id) => _pending.TryRemove(id, out var source) && source.TrySetResult(null);

    public void End(long id) => _pending.TryRemove(id, out _);

    public void FailAll()
    {
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var source)) source.TrySetResult(new WebError("the connection broke"));
        }
    }
}
