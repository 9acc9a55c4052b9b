namespace Quantum.EventLog.Resp;

/// <summary>A first-in-first-out ring of appends that grows and never shrinks; its owner locks.</summary>
internal sealed class RespAppendQueue
{
    private RespAppendOperation?[] _ring = new RespAppendOperation?[256];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Encoded bytes of all members.</summary>
    public long Bytes { get; private set; }

    public RespAppendOperation Peek() => _ring[_head]!;

    public void Enqueue(RespAppendOperation operation)
    {
        if (Count == _ring.Length) Grow();
        _ring[(_head + Count) & (_ring.Length - 1)] = operation;
        Count++;
        Bytes += operation.Writer.Length;
    }

    public RespAppendOperation Dequeue()
    {
        var operation = _ring[_head]!;
        _ring[_head] = null;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        Bytes -= operation.Writer.Length;
        return operation;
    }

    private void Grow()
    {
        var bigger = new RespAppendOperation?[_ring.Length * 2];
        for (var i = 0; i < Count; i++) bigger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = bigger;
        _head = 0;
    }
}
