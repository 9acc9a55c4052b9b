namespace Quantum.Market.Publishing;

/// <summary>
/// Where the venues' quotes meet the publisher of a live feed: they come on threads of theirs, it comes and goes with
/// the feed.
/// </summary>
public sealed class QuoteRelay
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<IReadOnlyList<Symbol>> _symbols =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LivePublisher? _publisher;

    /// <summary>The feed's symbols, once there is a live feed.</summary>
    public Task<IReadOnlyList<Symbol>> Symbols => _symbols.Task;

    /// <summary>Quotes go to this publisher until the result is disposed.</summary>
    public IDisposable Attach(LivePublisher publisher, IReadOnlyList<Symbol> symbols)
    {
        lock (_lock) _publisher = publisher;
        _symbols.TrySetResult(symbols);
        return new Detachment(this);
    }

    /// <summary>A venue's quote, of the venue's own time, UTC epoch ms; from any thread.</summary>
    public void Tell(long atMs, ExchangeRaw quote)
    {
        lock (_lock) _publisher?.VenueQuote(atMs, in quote);
    }

    private sealed class Detachment(QuoteRelay relay) : IDisposable
    {
        public void Dispose()
        {
            lock (relay._lock) relay._publisher = null;
        }
    }
}
