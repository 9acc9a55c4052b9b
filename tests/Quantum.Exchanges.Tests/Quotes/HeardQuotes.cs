using Microsoft.Extensions.Logging;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Quotes;

/// <summary>A venue that runs, what it told, and what it wrote into its log.</summary>
internal sealed class HeardQuotes<TVenue> : ILogger<TVenue>, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<(long AtMs, ExchangeRaw Quote)> _told = [];
    private readonly List<string> _lines = [];
    private Task _run = Task.CompletedTask;

    public IReadOnlyList<(long AtMs, ExchangeRaw Quote)> Told
    {
        get
        {
            lock (_lock) return [.. _told];
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    public void Run(IQuoteVenue venue, params string[] symbols) =>
        _run = venue.RunAsync([.. symbols.Select(Symbol.Parse)], Tell, _cancel.Token);

    /// <summary>The quote with that number, from 0, once it is told.</summary>
    public (long AtMs, ExchangeRaw Quote) Wait(int number)
    {
        Eventually.True(() => Told.Count > number || _run.IsCompleted);
        return Told[number];
    }

    /// <summary>Waits for a line of the log.</summary>
    public void WaitForLine(string part) =>
        Eventually.True(() => Lines.Any(line => line.Contains(part, StringComparison.Ordinal)), what: part);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (_lock) _lines.Add(formatter(state, exception));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run);
        _cancel.Dispose();
    }

    private void Tell(long atMs, ExchangeRaw quote)
    {
        lock (_lock) _told.Add((atMs, quote));
    }
}
