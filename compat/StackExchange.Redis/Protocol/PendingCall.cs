using System.Diagnostics.CodeAnalysis;

namespace StackExchange.Redis;

/// <summary>A command on its way: waiting to be sent, sent, or given up by its caller.</summary>
internal sealed class PendingCall(Command command)
{
    private readonly TaskCompletionSource<RedisResult> _reply =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Command Command { get; } = command;

    public Task<RedisResult> Reply => _reply.Task;

    public RedisConnection? SentOn { get; private set; }

    public long SentTick { get; private set; }

    [MemberNotNullWhen(true, nameof(SentOn))]
    public bool IsSent => SentOn is not null;

    public void MarkSent(RedisConnection connection)
    {
        SentTick = Environment.TickCount64;
        SentOn = connection;
    }

    // A server error is a reply like any other here; the caller's code turns it into an exception.
    public void Complete(RedisResult reply) => _reply.TrySetResult(reply);

    public void Fail(Exception error)
    {
        // Read, so that a call whose caller gave up does not surface as an unobserved exception.
        if (_reply.TrySetException(error))
            _ = _reply.Task.Exception;
    }
}
