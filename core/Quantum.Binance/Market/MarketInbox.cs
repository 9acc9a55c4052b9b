namespace Quantum.Binance.Market;

/// <summary>
/// Where the streams' threads put what they hear, for the one that tells it: every event waits in line. When nobody
/// takes them for long, prices, trades and what is not understood are dropped then and counted; candles never are.
/// </summary>
internal sealed class MarketInbox(int mostWaiting = MarketInbox.UsualMost) : IDisposable
{
    /// <summary>Twenty megabytes or so.</summary>
    private const int UsualMost = 200_000;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private List<MarketNews> _waiting = [];
    private long _dropped;

    public void Put(MarketNews news)
    {
        lock (_lock)
        {
            if (_waiting.Count >= mostWaiting && news is TradeNews or BookNews or MarkNews or UnreadNews)
            {
                _dropped++;
                BinanceMeter.Dropped.Add(1, new KeyValuePair<string, object?>("kind", "no_place"));
                return;
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
            return taken;
        }
    }

    /// <summary>How many had no place since this was last asked.</summary>
    public long TakeDropped()
    {
        lock (_lock)
        {
            var dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }

    public void Dispose() => _work.Dispose();
}
