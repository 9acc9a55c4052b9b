using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quantum.Market.Publishing;

namespace Quantum.Feeds.Tests;

/// <summary>A host whose end can be seen.</summary>
internal sealed class NoHost : IHostApplicationLifetime
{
    public bool IsStopped { get; private set; }
    public CancellationToken ApplicationStarted => CancellationToken.None;
    public CancellationToken ApplicationStopping => CancellationToken.None;
    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => IsStopped = true;
}

/// <summary>Remembers log lines.</summary>
internal sealed class LineLog : ILogger<MarketFeedService>
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public int Count(string part)
    {
        lock (_lock) return _lines.Count(line => line.Contains(part, StringComparison.Ordinal));
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (_lock) _lines.Add(formatter(state, exception));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualClock(long startMs = 1_000) : TimeProvider
{
    private long _nowMs = startMs;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Volatile.Read(ref _nowMs);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _nowMs));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _nowMs, (long)by.TotalMilliseconds);
}
