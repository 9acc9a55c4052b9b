using System.Threading.Tasks.Sources;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Resp;

/// <summary>One append on its way: its encoded command and the awaitable for its id. Pooled by the publisher.</summary>
internal sealed class RespAppendOperation : IValueTaskSource<EntryId>
{
    private const int UsualCommandBytes = 1024;

    private readonly RespPublisher _owner;

    // Producers resume on the thread pool: one that blocks must not stop the writer thread.
    private ManualResetValueTaskSourceCore<EntryId> _source = new() { RunContinuationsAsynchronously = true };

    public RespAppendOperation(RespPublisher owner, int maxBytes)
    {
        _owner = owner;
        Writer = new RespWriter(maxBytes, UsualCommandBytes, pinned: false);
    }

    public RespWriter Writer { get; }

    /// <summary>When it was queued, in milliseconds since the machine's start.</summary>
    public long QueuedAtMs { get; set; }

    public ValueTask<EntryId> Task => new(this, _source.Version);

    public void Succeed(EntryId id) => _source.SetResult(id);

    public void Fail(Exception error) => _source.SetException(error);

    public void Recycle()
    {
        Writer.Reset();
        _source.Reset();
    }

    public EntryId GetResult(short token)
    {
        var stale = token != _source.Version;
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            // A second await of the same append must not return the operation twice.
            if (!stale) _owner.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
