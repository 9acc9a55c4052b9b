using Quantum.Feeds;

namespace Quantum.Venue.Market;

/// <summary>
/// The candles of one symbol, kept as minutes: what is longer is made of them when it is asked for, so that all
/// lengths tell the same. A minute without a trade is flat. Minutes beyond the most are forgotten, the oldest first.
/// </summary>
internal sealed class CandleSeries
{
    private const int MostMinutes = 200_000;
    private const int ForgottenAtOnce = 10_000;
    private const long Minute = CandleInterval.MinuteMs;

    // Longer without a price is a hole in the recording, not a quiet market.
    private const long LongestQuietMs = CandleInterval.DayMs;

    private readonly List<Candle> _minutes = [];
    private Candle _running;
    private long _tradedMs;

    /// <summary>False until the first price.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Told each minute that is over, once.</summary>
    public Action<Candle>? Closed { get; set; }

    /// <summary>Minutes that are kept, the running one among them.</summary>
    public int Count => IsKnown ? _minutes.Count + 1 : 0;

    public void Add(in Trade trade)
    {
        RollTo(trade.AtMs, trade.Price);
        _running.Add(in trade);
        _tradedMs = trade.AtMs;
    }

    /// <summary>A price that no trade made.</summary>
    public void Touch(long atMs, decimal price)
    {
        RollTo(atMs, price);
        _running.Touch(price);
    }

    /// <summary>Ends the minutes before an instant, UTC epoch ms.</summary>
    public void RollTo(long atMs)
    {
        if (IsKnown) RollTo(atMs, _running.Close);
    }

    /// <summary>
    /// Takes a closed candle as the feed tells it: a minute as it is; a longer one, of which no trades were told, by
    /// the path that is assumed inside it.
    /// </summary>
    public void Take(in MarketKline kline)
    {
        if (kline.CloseTimeMs - kline.OpenTimeMs == Minute) TakeMinute(in kline);
        else if (_tradedMs < kline.OpenTimeMs) TakePath(in kline);
    }

    /// <summary>The candle of a length that runs now, made of its minutes so far.</summary>
    public Candle Running(KlineInterval interval) => Of(interval, interval.OpenOf(_running.OpenMs));

    /// <summary>The candle that begins then, UTC epoch ms, of the minutes that are kept.</summary>
    public Candle Of(KlineInterval interval, long openMs)
    {
        var last = LastBefore(interval.EndOf(openMs));
        var first = last;
        while (first > 0 && At(first - 1).OpenMs >= openMs) first--;
        return Joined(first, last, openMs);
    }

    /// <summary>
    /// Candles of a length, oldest first: from the start on when one is given, else the last ones up to the end.
    /// </summary>
    /// <param name="interval">Their length.</param>
    /// <param name="startMs">Least open, UTC epoch ms, or null.</param>
    /// <param name="endMs">Most open, UTC epoch ms, or null.</param>
    /// <param name="limit">How many at most, from 1.</param>
    public List<Candle> Query(KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        var found = new List<Candle>();
        if (Count == 0) return found;
        if (startMs is { } start)
        {
            for (var i = FirstAt(start); i < Count && found.Count < limit;)
            {
                var openMs = interval.OpenOf(At(i).OpenMs);
                if (openMs > endMs) break;
                var next = FirstAt(interval.EndOf(openMs));
                if (openMs >= start) found.Add(Joined(i, next - 1, openMs));
                i = next;
            }

            return found;
        }

        for (var last = endMs is { } end ? LastBefore(end + 1) : Count - 1; last >= 0 && found.Count < limit;)
        {
            var openMs = interval.OpenOf(At(last).OpenMs);
            var first = FirstAt(openMs);
            // Of the candle that the end lies in all is told that is known of it.
            found.Add(Joined(first, Math.Max(last, LastBefore(interval.EndOf(openMs))), openMs));
            last = first - 1;
        }

        found.Reverse();
        return found;
    }

    /// <summary>All minutes that began within the 24 hours before an instant as one candle; only when known.</summary>
    public Candle Day(long atMs)
    {
        var first = Math.Min(FirstAt(atMs - CandleInterval.DayMs + 1), Count - 1);
        return Joined(first, Count - 1, At(first).OpenMs);
    }

    private void RollTo(long atMs, decimal price)
    {
        var openMs = atMs / Minute * Minute;
        if (!IsKnown)
        {
            (IsKnown, _running) = (true, Candle.At(openMs, price));
            return;
        }

        if (openMs - _running.OpenMs > LongestQuietMs)
        {
            End();
            _running = Candle.At(openMs, _minutes[^1].Close);
        }

        while (_running.OpenMs < openMs) End();
    }

    /// <summary>The running minute is over, and the next one begins where it closed.</summary>
    private void End()
    {
        var over = _running;
        _minutes.Add(over);
        if (_minutes.Count > MostMinutes) _minutes.RemoveRange(0, ForgottenAtOnce);
        _running = Candle.At(over.OpenMs + Minute, over.Close);
        Closed?.Invoke(over);
    }

    private void TakeMinute(in MarketKline kline)
    {
        if (!IsKnown || (kline.OpenTimeMs > _running.OpenMs && kline.GapBefore && _running.Trades == 0))
            (IsKnown, _running) = (true, Candle.At(kline.OpenTimeMs, kline.Open));
        RollTo(kline.OpenTimeMs, _running.Close);
        if (_running.OpenMs == kline.OpenTimeMs)
        {
            _running = AsTold(in kline, in _running);
            End();
            return;
        }

        // It was over before it was told, by a later price.
        var known = FirstAt(kline.OpenTimeMs);
        if (At(known).OpenMs == kline.OpenTimeMs) _minutes[known] = AsTold(in kline, _minutes[known]);
    }

    private void TakePath(in MarketKline kline)
    {
        var lengthMs = kline.CloseTimeMs - kline.OpenTimeMs;
        for (var point = 0; point < CandlePath.Points; point++)
        {
            var tick = CandlePath.TickAt(in kline, point);
            var atMs = CandlePath.AtMs(kline.OpenTimeMs, lengthMs, point);
            Add(new Trade(-1, atMs, tick.Price, tick.Quantity, kline.Close < kline.Open));
        }

        RollTo(kline.CloseTimeMs);
    }

    // What takers bought of it no feed says: the share that was seen, else half.
    private static Candle AsTold(in MarketKline kline, in Candle seen)
    {
        var quote = kline.QuoteVolume ?? kline.Volume * (kline.Open + kline.Close) / 2;
        var share = seen.Volume > 0 ? seen.TakerVolume / seen.Volume : 0.5m;
        return seen with
        {
            Open = kline.Open, High = kline.High, Low = kline.Low, Close = kline.Close, Volume = kline.Volume,
            QuoteVolume = quote, TakerVolume = kline.Volume * share, TakerQuoteVolume = quote * share,
            Trades = kline.Trades ?? seen.Trades,
        };
    }

    private Candle Joined(int first, int last, long openMs)
    {
        var whole = At(first) with { OpenMs = openMs };
        for (var i = first + 1; i <= last; i++) whole.Join(At(i));
        return whole;
    }

    private Candle At(int index) => index == _minutes.Count ? _running : _minutes[index];

    private int LastBefore(long endMs) => FirstAt(endMs) - 1;

    /// <summary>The first minute that begins at an instant or later; their count when none does.</summary>
    private int FirstAt(long atMs)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).OpenMs < atMs) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
