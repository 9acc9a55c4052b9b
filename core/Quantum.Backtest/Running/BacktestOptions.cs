using Quantum.InProcess;

namespace Quantum.Backtest.Running;

/// <summary>What a run is asked for beside its result.</summary>
public sealed record BacktestOptions
{
    /// <summary>Whether the candles are kept for drawing: about 10 bytes each.</summary>
    public bool KeepsBars { get; init; } = true;

    /// <summary>Whether the ordered streams are hashed.</summary>
    public bool Hashes { get; init; }

    /// <summary>Told now and then how far the run is.</summary>
    public Action<BacktestProgress>? OnProgress { get; init; }

    /// <summary>Who stands where the AI stands; null: the AI.</summary>
    public Func<Role>? Signals { get; init; }

    /// <summary>Given the run before its first event, to observe more of it.</summary>
    public Action<InProcessRun>? OnRun { get; init; }

    /// <summary>Given the run behind its last event.</summary>
    public Action<InProcessRun>? OnEnd { get; init; }
}
