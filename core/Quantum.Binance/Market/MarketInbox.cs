using Quantum.Contracts.Units;

namespace Quantum.Binance.Market;

/// <summary>
/// Where the streams' threads put what they hear, for the one that tells it. Of best prices and marks only the newest
/// of a symbol waits; trades and candles wait in line, every one.
/// </summary>
internal sealed class MarketInbox : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Dictionary<(Symbol Symbol, Type Kind), int> _places = [];
    private List<MarketNews> _waiting = [];

    public void Put(MarketNews news)
    {
        lock (_lock)
        {
            if (news is BookNews or MarkNews)
            {
                if (_places.TryGetValue((news.Symbol, news.GetType()), out var place))
                {
                    _waiting[place] = news;
                    return;
                }

                _places[(news.Symbol, news.GetType())] = _waiting.Count;
            }

            _waiting.Add(news);
            if (_waiting.Count == 1) _work.Release();
        }
    }

    /// <summary>All that waits; after a while also nothing.</summary>
    public IReadOnlyList<MarketNews> Take(TimeSpan patience, CancellationToken cancel)
    {
        _work.Wait(patience, cancel);
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            _places.Clear();
            return taken;
        }
    }

    public void Dispose() => _work.Dispose();
}
