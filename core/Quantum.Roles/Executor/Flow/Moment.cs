using Quantum.Contracts.Flow;

namespace Quantum.Roles.Executor.Flow;

/// <summary>The input being handled, the outbox, and now.</summary>
internal readonly ref struct Moment(long nowMs, Outbox outbox)
{
    /// <summary>UTC epoch ms.</summary>
    public long NowMs { get; } = nowMs;

    public Outbox Outbox { get; } = outbox;
}
