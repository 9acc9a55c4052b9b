using System.Collections.Concurrent;
using System.Globalization;

namespace Binance.Net.Clients.Rest;

/// <summary>
/// The library's own limiter of one host: 2400 of weight in a minute, and a pause for as long as a 429 or 418 said.
/// Requests without weight, which place orders, pass it always.
/// </summary>
internal sealed class WeightGate
{
    private const int WeightPerMinute = 2400;

    private static readonly ConcurrentDictionary<string, WeightGate> s_byHost = new();
    private static readonly TimeSpan s_buffer = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTime _pausedUntil;
    private long _minute;
    private int _used;

    public static WeightGate Of(Uri address) => s_byHost.GetOrAdd(address.Authority, _ => new());

    /// <summary>Counts a request; gives an error instead when it must not be sent.</summary>
    public ClientRateLimitError? Enter(int weight)
    {
        if (weight == 0) return null;
        lock (_lock)
        {
            var now = DateTime.UtcNow;
            if (now < _pausedUntil)
                return new($"paused until {_pausedUntil.ToString("O", CultureInfo.InvariantCulture)}");
            if (now.Ticks / TimeSpan.TicksPerMinute is var minute && minute != _minute) (_minute, _used) = (minute, 0);
            if (_used + weight > WeightPerMinute) return new($"{_used} of {WeightPerMinute} used in this minute");
            _used += weight;
            return null;
        }
    }

    public void Pause(DateTime until)
    {
        lock (_lock) _pausedUntil = until + s_buffer;
    }
}
