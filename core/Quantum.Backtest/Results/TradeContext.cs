namespace Quantum.Backtest.Results;

/// <summary>Why a trade was entered.</summary>
/// <param name="SignalId">The signal's event id; null when unknown.</param>
/// <param name="ModelName">Null when unknown.</param>
/// <param name="ModelVersion">Null when unknown.</param>
/// <param name="Confidence">Calibrated probability at entry, 0 to 1; null when unknown.</param>
/// <param name="ExpectedR">Expected result after all costs that it was entered for, R; null when none was told.</param>
/// <param name="PolicyVersion">Null when unknown.</param>
/// <param name="IsExploration">True when it was entered to learn.</param>
public sealed record TradeContext(
    string? SignalId = null, string? ModelName = null, string? ModelVersion = null, double? Confidence = null,
    double? ExpectedR = null, long? PolicyVersion = null, bool IsExploration = false);
