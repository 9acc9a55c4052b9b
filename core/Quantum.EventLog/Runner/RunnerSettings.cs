using Quantum.Contracts.Units;

namespace Quantum.EventLog.Runner;

/// <summary>How seats are run; the defaults fit production.</summary>
public sealed record RunnerSettings
{
    /// <summary>The mode of the whole run: an event of another one is a dead letter.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>True for recorded and simulated runs: the tape's time is the time, nothing is conflated.</summary>
    public bool IsTape { get; init; }

    /// <summary>
    /// How long a seat stays taken after its owner's last sign of life, from 100 ms. It is renewed at a third of that.
    /// </summary>
    public TimeSpan LeaseTtl { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a seat may go without renewing its lease.</summary>
    internal TimeSpan RenewEvery => LeaseTtl / 3;

    /// <summary>How often whoever waits for a seat asks for it: a fifth of the lease, 20 ms to 1 s.</summary>
    public TimeSpan AskEvery => TimeSpan.FromMilliseconds(Math.Clamp(LeaseTtl.TotalMilliseconds / 5, 20, 1000));

    /// <summary>Entries per stream between fetch and commit, 1 to 1000.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Entries per tail stream between fetch and commit, 1 to 10000.</summary>
    public int TailBatchSize { get; init; } = 1000;

    /// <summary>About how many bytes may stand between fetch and commit; at least one entry always may.</summary>
    public int MaxBatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How often a handler may fail on an entry before it goes to the dead letters, from 1.</summary>
    public int PoisonDeliveries { get; init; } = 3;

    /// <summary>
    /// How often an entry may be delivered without any recorded failure: beyond, it kills its process.
    /// </summary>
    public int CrashDeliveries { get; init; } = 10;

    /// <summary>How often consumed entries are trimmed behind the safe point.</summary>
    public TimeSpan RetentionEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the groups of cursor links are moved in real time; in a tape after each commit.</summary>
    public TimeSpan AdvanceEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long stopping may take: batch finished, committed, lease released.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Told what a handler or a seat fails on, with all that its exception knows: once for each entry, once for each
    /// new fault of a seat. A dead letter keeps the first line of it alone, which is the same in every replay.
    /// </summary>
    public Action<string, Exception> OnFailure { get; init; } = static (_, _) => { };

    /// <summary>The clock of real-time runs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
