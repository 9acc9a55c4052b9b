using Quantum.Feeds;

namespace Quantum.Market.Publishing;

/// <summary>
/// Sees a symbol fall silent while its tape goes on. With a position open that is an alarm at once: an old price guards
/// nothing and closes nothing.
/// </summary>
public sealed class SilenceWatch(LastWords last, IFeedStore store, ILogger log)
{
    private readonly SortedSet<Symbol> _silent = [];

    /// <summary>Looks at an instant that every reader is done with, UTC epoch ms.</summary>
    public void Look(long atMs)
    {
        List<(Symbol Symbol, long SinceMs)> fresh = [];
        foreach (var (symbol, heardAtMs) in last.HeardAtMs)
        {
            if (atMs - heardAtMs <= last.StaleAfterMs) _silent.Remove(symbol);
            else if (!_silent.Contains(symbol)) fresh.Add((symbol, heardAtMs));
        }

        if (fresh.Count == 0) return;
        var held = store.HeldQuantities();
        foreach (var (symbol, sinceMs) in fresh)
        {
            Tell(symbol, sinceMs, atMs, held.GetValueOrDefault(symbol.Name));
            _silent.Add(symbol);
        }
    }

    private void Tell(Symbol symbol, long sinceMs, long atMs, decimal held)
    {
        var since = Time(sinceMs);
        if (held == 0)
        {
            log.LogWarning("no price of {Symbol} since {Since}; the tape goes on without it", symbol, since);
            return;
        }

        var alarm = $"no price of {symbol} since {since}, and the tape goes on without it while "
            + $"{held.ToString("0.########", CultureInfo.InvariantCulture)} {symbol} is held: "
            + "the position can neither be guarded nor closed";
        log.LogError("{Alarm} (it is {Now})", alarm, Time(atMs));
        store.WriteAlarm(alarm);
    }

    private static string Time(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs)
        .ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
