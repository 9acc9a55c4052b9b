using System.Globalization;
using Quantum.Bench.Orders;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Venue;

/// <summary>
/// The market service as a process of its own, hearing the venue as it hears the exchange; what it publishes is read
/// from Redis.
/// </summary>
internal sealed class MarketServiceRead : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly ServiceProcess _process;
    private readonly RespClient _redis;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private Exception? _fault;

    public MarketServiceRead(VenueHost venue, RedisServer redis, string symbol)
    {
        _process = ServiceProcess.Start(
            "market",
            [
                ("ASPNETCORE_URLS", string.Create(
                    CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}")),
                ("ConnectionStrings__redis", redis.ConnectionString), ("Quantum__Mode", "sim"),
                ("Feed__Kind", "binance"), ("Feed__Symbols", symbol), ("Feed__HistoryCandles", "0"),
                ("Binance__Environment", "custom"), ("Binance__RestUrl", venue.Rest.ToString()),
                ("Binance__StreamUrl", venue.Streams.ToString()),
            ]);
        _redis = new RespClient(RespEndpoint.Parse(redis.ConnectionString));
        _thread = new Thread(Run) { IsBackground = true, Name = "market read" };
        _thread.Start();
    }

    /// <summary>Ticks as they stand in their stream.</summary>
    public TickTimes Seen { get; } = new();

    /// <summary>Throws when the service or the reading has ended.</summary>
    public void Check()
    {
        _process.Check();
        if (_fault is not null) throw new InvalidOperationException($"Redis cannot be read: {_fault.Message}", _fault);
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _process.Dispose();
        _redis.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            var ticks = new StreamEnd(_redis, StreamCatalog.MarketTick.Key);
            do
            {
                foreach (var fields in ticks.News()) Take(fields);
            }
            while (!_stop.Wait(s_pause));
        }
        catch (Exception fault) when (fault is RespException or InvalidOperationException)
        {
            _fault = fault;
        }
    }

    private void Take(Dictionary<string, string> fields)
    {
        var tick = new MarketTick
        {
            Symbol = Symbol.Parse(fields["symbol"]), Price = Number(fields["price"]),
            Quantity = Number(fields["quantity"]), IsBuyerMaker = fields["is_buyer_maker"] is "true" or "1",
        };
        Seen.Add(long.Parse(fields["ts"], CultureInfo.InvariantCulture), in tick);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
