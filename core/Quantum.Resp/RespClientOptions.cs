namespace Quantum.Resp;

/// <summary>How a <see cref="RespClient"/> behaves; the defaults fit production.</summary>
public sealed record RespClientOptions
{
    public RespLimits Limits { get; init; } = RespLimits.Default;

    /// <summary>The clock that the waits between attempts use.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The chance behind the jitter; numbers from 0 up to 1.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>The first wait between attempts, in milliseconds, 1 or more.</summary>
    public int BackoffFirstMs { get; init; } = 50;

    /// <summary>The longest wait between attempts, in milliseconds.</summary>
    public int BackoffCapMs { get; init; } = 5_000;

    /// <summary>Told of every failed attempt: the error and the wait that follows.</summary>
    public Action<Exception, TimeSpan>? OnRetry { get; init; }
}
