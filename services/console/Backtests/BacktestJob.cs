using System.Text.Json.Serialization;

namespace Quantum.Console.Backtests;

/// <summary>What a backtest does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BacktestState>))]
public enum BacktestState
{
    Running,
    Done,
    Failed,
    Cancelled,

    /// <summary>The console ended while it ran.</summary>
    Interrupted,
}

/// <summary>One backtest that was started here, as it is kept beside its result.</summary>
public sealed record BacktestJob
{
    /// <summary>Its folder's name: begin and a number.</summary>
    public required string Id { get; init; }

    public required BacktestRequest Request { get; init; }

    /// <summary>Who started it.</summary>
    public required string By { get; init; }

    /// <summary>UTC epoch ms.</summary>
    public required long StartedMs { get; init; }

    /// <summary>UTC epoch ms; null while it runs.</summary>
    public long? EndedMs { get; init; }

    public required BacktestState State { get; init; }

    /// <summary>Why it failed, in its own words; null else.</summary>
    public string? Error { get; init; }

    /// <summary>How far it is; null before its first word.</summary>
    public BacktestPace? Pace { get; init; }

    /// <summary>What it is, in a few words.</summary>
    [JsonIgnore]
    public string Title => $"{Request.Title()} ({Id})";
}

/// <summary>How far a backtest is and how fast, as it tells it on standard error.</summary>
/// <param name="AtMs">The tape's time, UTC epoch ms.</param>
/// <param name="Done">Share of the tape that is played, 0 to 1.</param>
/// <param name="Candles">Candles told, from 0.</param>
/// <param name="CandlesPerS">From 0.</param>
/// <param name="LeftS">What it will still take, s; null while that cannot be told.</param>
public sealed record BacktestPace(long AtMs, double Done, long Candles, double CandlesPerS, double? LeftS);
