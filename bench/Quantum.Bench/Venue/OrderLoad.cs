using System.Diagnostics;
using System.Globalization;

namespace Quantum.Bench.Venue;

/// <summary>
/// Closed loops over keep-alive connections: each places a signed order far from the market, and cancels it by another
/// signed request when it is answered, so that none is left.
/// </summary>
internal static class OrderLoad
{
    private const int Connections = 8;
    private const double Median = 0.5;
    private const double Tail = 0.99;
    private const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=";

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
        yield return new Figure("venue_signed_requests", times.Count / s_measured.TotalSeconds, "requests/s");
        yield return new Figure("venue_orders", times.Count / 2.0 / s_measured.TotalSeconds, "orders/s");
        yield return new Figure("venue_orders_p50", TickDifference.At(times, Median), "ms");
        yield return new Figure("venue_orders_p99", TickDifference.At(times, Tail), "ms");
        yield return new Figure("venue_cores", venue.IsPinned ? 1 : Environment.ProcessorCount, "cores");
    }

    private static List<double> Times(VenueHost venue, string order, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var loops = Enumerable.Range(0, Connections).Select(loop => Task.Run(async () =>
        {
            var times = new List<double>();
            using var connection = new SignedConnection(venue.Rest, venue.Key, venue.Secret);
            var run = Stopwatch.GetTimestamp();
            for (var number = 1; clock.Elapsed < length; number++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"b{run}-{loop}-{number}");
                await TimeAsync(connection, times, "POST", $"{order}&newClientOrderId={id}");
                await TimeAsync(connection, times, "DELETE", $"symbol=BTCUSDT&origClientOrderId={id}");
            }

            return times;
        })).ToArray();
        return [.. Task.WhenAll(loops).GetAwaiter().GetResult().SelectMany(times => times).Order()];
    }

    private static async Task TimeAsync(
        SignedConnection connection, List<double> times, string method, string parameters)
    {
        var sent = Stopwatch.GetTimestamp();
        await connection.SendAsync(method, parameters);
        times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
    }
}
