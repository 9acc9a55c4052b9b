using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>Keeps every line, whatever its level.</summary>
internal sealed class Logged<TOwner> : ILogger<TOwner>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines.Select(line => $"{line.Level}: {line.Line}")];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
}
