using Quantum.Venue.Engine;

namespace Quantum.Venue.Wire;

/// <summary>
/// Counts request weight by sender and orders by account, in windows that begin on the full minute or ten seconds. Who
/// goes on after 429 is banned. Owned by the loop's thread.
/// </summary>
internal sealed class RateLimits(VenueOptions options)
{
    private const long TenSecondsMs = 10_000;
    private const long MinuteMs = 60_000;

    /// <summary>Refused requests of one window after which the sender is banned.</summary>
    private const int Patience = 10;

    private Window _weight;
    private Window _tenSeconds;
    private Window _minute;
    private int _refused;
    private long _bannedUntilMs;

    public int UsedWeight => _weight.Count;

    public (int TenSeconds, int Minute) Orders => (_tenSeconds.Count, _minute.Count);

    /// <summary>Bans the sender until then, UTC epoch ms.</summary>
    public void Ban(long untilMs) => _bannedUntilMs = untilMs;

    /// <summary>Counts a request; the refusal and the seconds to wait, or null.</summary>
    public (VenueError Error, int Seconds)? Charge(int weight, long atMs)
    {
        if (atMs < _bannedUntilMs) return Banned(atMs);
        if (_weight.Roll(atMs, MinuteMs)) _refused = 0;
        if (_weight.Count + weight <= options.WeightPerMinute)
        {
            _weight.Count += weight;
            return null;
        }

        if (++_refused > Patience)
        {
            _bannedUntilMs = atMs + options.BanSeconds * 1000L;
            return Banned(atMs);
        }

        return (TooManyRequests(options.WeightPerMinute), _weight.SecondsLeft(atMs, MinuteMs));
    }

    /// <summary>Counts orders; the refusal and the seconds to wait, or null.</summary>
    public (VenueError Error, int Seconds)? ChargeOrders(int orders, long atMs)
    {
        _tenSeconds.Roll(atMs, TenSecondsMs);
        _minute.Roll(atMs, MinuteMs);
        if (_tenSeconds.Count + orders > options.OrdersPerTenSeconds)
            return (TooManyOrders(options.OrdersPerTenSeconds, "10 SECOND"),
                _tenSeconds.SecondsLeft(atMs, TenSecondsMs));
        if (_minute.Count + orders > options.OrdersPerMinute)
            return (TooManyOrders(options.OrdersPerMinute, "1 MINUTE"), _minute.SecondsLeft(atMs, MinuteMs));
        _tenSeconds.Count += orders;
        _minute.Count += orders;
        return null;
    }

    private (VenueError, int) Banned(long atMs) =>
        (new VenueError(-1003,
            $"Way too many requests; IP banned until {_bannedUntilMs}. Please use the websocket for live updates to "
            + "avoid bans.", 418),
            (int)((_bannedUntilMs - atMs + 999) / 1000));

    private static VenueError TooManyRequests(int limit) => new(-1003,
        $"Too many requests; current limit is {limit} requests per minute. Please use the websocket for live updates "
        + "to avoid polling the API.", 429);

    private static VenueError TooManyOrders(int limit, string window) =>
        new(-1015, $"Too many new orders; current limit is {limit} orders per {window}.", 429);

    private struct Window
    {
        public long StartMs;
        public int Count;

        /// <summary>True when a new one began.</summary>
        public bool Roll(long atMs, long lengthMs)
        {
            var startMs = atMs - atMs % lengthMs;
            if (startMs == StartMs) return false;
            (StartMs, Count) = (startMs, 0);
            return true;
        }

        public readonly int SecondsLeft(long atMs, long lengthMs) =>
            (int)Math.Max(1, (StartMs + lengthMs - atMs + 999) / 1000);
    }
}
