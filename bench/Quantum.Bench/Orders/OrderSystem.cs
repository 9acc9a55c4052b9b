using System.Globalization;
using System.Security.Cryptography;
using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Orders;

/// <summary>
/// Redis, the venue and the executor in mode sim, each a process of its own. Limits of a minute, of the venue, the
/// executor's budget and its desk, are set out of the way: with the exchange's own a run would take hours. Orders may
/// take all of a market's volume, since in the thin ones a close would wait for it.
/// </summary>
internal sealed class OrderSystem : IDisposable
{
    private const string Many = "10000000";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly OrdersOptions _options;
    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string _secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly string _host;
    private readonly RedisServer _redis;
    private readonly ServiceProcess _venue;
    private ServiceProcess _executor;

    public OrderSystem(OrdersOptions options)
    {
        _options = options;
        Symbols = [.. GeneratedSymbol.Known.Take(options.Symbols).Select(known => known.Symbol)];
        _host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{RedisServer.FreePort()}");
        _redis = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        Endpoint = RespEndpoint.Parse(_redis.ConnectionString);
        _venue = ServiceProcess.Start("venue", VenueSettings());
        try
        {
            _venue.Await("listening on", s_patience);
            _executor = ServiceProcess.Start("executor", ExecutorSettings());
        }
        catch
        {
            _venue.Dispose();
            _redis.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Symbol> Symbols { get; }

    public RespEndpoint Endpoint { get; }

    /// <summary>Where the venue's requests go.</summary>
    public Uri Rest => new("http://" + _host);

    /// <summary>Where its streams come from.</summary>
    public Uri Streams => new("ws://" + _host);

    /// <summary>Ends the executor without a warning and starts another one.</summary>
    public void RestartExecutor()
    {
        KeepLog();
        _executor.Dispose();
        _executor = ServiceProcess.Start("executor", ExecutorSettings());
    }

    /// <summary>Throws with the last words of a service that ended.</summary>
    public void Check()
    {
        _venue.Check();
        _executor.Check();
    }

    public void Dispose()
    {
        KeepLog();
        if (_options.LogFolder is { } folder) File.WriteAllText(Path.Combine(folder, "venue.log"), _venue.Log);
        _executor.Dispose();
        _venue.Dispose();
        _redis.Dispose();
    }

    private void KeepLog()
    {
        if (_options.LogFolder is { } folder)
            File.AppendAllText(Path.Combine(folder, "executor.log"), _executor.Log + "\n---- ended ----\n");
    }

    private IEnumerable<(string Name, string Value)> VenueSettings() =>
    [
        ("Venue__Url", "http://" + _host), ("Venue__Key", _key), ("Venue__Secret", _secret),
        ("Venue__WeightPerMinute", Many), ("Venue__OrdersPerTenSeconds", Many), ("Venue__OrdersPerMinute", Many),
        ("SimVenue__StartBalanceUsd", "1000000"), ("SimVenue__MaxVolumeShare", "1"),
        ("Feed__Kind", "generated"), ("Feed__Symbols", string.Join(',', Symbols)),
        ("Feed__Seed", _options.Seed.ToString(CultureInfo.InvariantCulture)), ("Feed__HistoryCandles", "10"),
    ];

    private IEnumerable<(string Name, string Value)> ExecutorSettings() =>
    [
        ("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}")),
        ("ConnectionStrings__redis", _redis.ConnectionString), ("Quantum__Mode", "sim"),
        ("Binance__Environment", "custom"), ("Binance__RestUrl", "http://" + _host),
        ("Binance__StreamUrl", "ws://" + _host), ("Binance__ApiKey", _key), ("Binance__ApiSecret", _secret),
        ("OrderLane__MaxOrdersPerMinute", Many), ("OrderLane__MaxEntriesPerMinute", Many),
        ("OrderLane__MaxEntryUsdPerMinute", Many + "000"),
        ("RateBudget__WeightPerMinute", Many), ("RateBudget__OrdersPerTenSeconds", Many),
        ("RateBudget__OrdersPerMinute", Many), ("RateBudget__EntriesStoppedAfterBanSeconds", "1"),
    ];
}
