using System.Collections.Concurrent;

namespace Quantum.Executor.Venue;

/// <summary>
/// Orders that were cancelled before they were sent, the newest thousand: of those that another process sent nobody
/// takes the id out. Any thread.
/// </summary>
internal sealed class WithdrawnOrders
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _inOrder = new();

    // Its Place, if it still comes, is not as many commands away.
    public void Add(string clientOrderId)
    {
        if (!_ids.TryAdd(clientOrderId, 0)) return;
        _inOrder.Enqueue(clientOrderId);
        if (_inOrder.Count > Most && _inOrder.TryDequeue(out var oldest)) _ids.TryRemove(oldest, out _);
    }

    /// <summary>True when it was one of them; it is none any more.</summary>
    public bool Take(string clientOrderId) => _ids.TryRemove(clientOrderId, out _);
}
