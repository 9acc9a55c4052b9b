using System.Diagnostics;
using System.Globalization;

namespace Quantum.Bench.Venue;

/// <summary>
/// Closed loops of signed orders over keep-alive connections: each sends its next order when the last one is answered.
/// The orders may not rest, far from the market: each goes the whole way, and none is left.
/// </summary>
internal static class OrderLoad
{
    private const int Connections = 8;
    private const double Median = 0.5;
    private const double Tail = 0.99;
    private const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.01&price=";

    /// <summary>The share of the price at which they are sent: below every ask, within the exchange's bounds.</summary>
    private const decimal PriceShare = 0.97m;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(15);

    public static IEnumerable<Figure> Run(VenueHost venue)
    {
        var price = decimal.Round(venue.PriceOf("BTCUSDT") * PriceShare, 0);
        var order = Order + price.ToString(CultureInfo.InvariantCulture);
        Times(venue, order, s_warmUp);
        var times = Times(venue, order, s_measured);
        yield return new Figure("venue_orders", times.Count / s_measured.TotalSeconds, "orders/s");
        yield return new Figure("venue_orders_p50", At(times, Median), "ms");
        yield return new Figure("venue_orders_p99", At(times, Tail), "ms");
        yield return new Figure("venue_cores", venue.IsPinned ? 1 : Environment.ProcessorCount, "cores");
    }

    /// <summary>The value below which that share lies, of sorted ones.</summary>
    public static double At(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static List<double> Times(VenueHost venue, string order, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var loops = Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            using var connection = new SignedConnection(venue.Rest, venue.Key, venue.Secret);
            while (clock.Elapsed < length)
            {
                var sent = Stopwatch.GetTimestamp();
                await connection.PlaceAsync(order);
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return times;
        })).ToArray();
        return [.. Task.WhenAll(loops).GetAwaiter().GetResult().SelectMany(times => times).Order()];
    }
}
