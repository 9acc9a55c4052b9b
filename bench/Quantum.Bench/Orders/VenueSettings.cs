using System.Globalization;
using System.Security.Cryptography;
using Quantum.Contracts.Units;
using Quantum.Testing;

namespace Quantum.Bench.Orders;

/// <summary>
/// How the venue and its clients are set up. Limits of a minute, of the venue, the executor's budget and its desk, are
/// set out of the way: with the exchange's own a run would take hours. Orders may take all of a market's volume, since
/// in the thin ones a close would wait for it.
/// </summary>
internal sealed class VenueSettings(IReadOnlyList<Symbol> symbols, int seed)
{
    private const string Many = "10000000";
    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string _secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <param name="host">Where it listens, address and port.</param>
    public IEnumerable<(string Name, string Value)> OfVenue(string host) =>
    [
        ("Venue__Url", "http://" + host), ("Venue__Key", _key), ("Venue__Secret", _secret),
        ("Venue__WeightPerMinute", Many), ("Venue__OrdersPerTenSeconds", Many), ("Venue__OrdersPerMinute", Many),
        ("SimVenue__StartBalanceUsd", "1000000"), ("SimVenue__MaxVolumeShare", "1"),
        ("Feed__Kind", "generated"), ("Feed__Symbols", string.Join(',', symbols)),
        ("Feed__Seed", seed.ToString(CultureInfo.InvariantCulture)), ("Feed__HistoryCandles", "10"),
    ];

    /// <param name="host">Where it meets the venue, address and port.</param>
    public IEnumerable<(string Name, string Value)> OfExecutor(string host) =>
    [
        .. OfClient(host),
        ("Binance__ApiKey", _key), ("Binance__ApiSecret", _secret),
        ("OrderLane__MaxOrdersPerMinute", Many), ("OrderLane__MaxEntriesPerMinute", Many),
        ("OrderLane__MaxEntryUsdPerMinute", Many + "000"),
    ];

    /// <summary>Of the market service, which reads the venue's candles and trades.</summary>
    public IEnumerable<(string Name, string Value)> OfMarket(string host) =>
    [
        .. OfClient(host), ("Feed__Kind", "binance"), ("Feed__Symbols", string.Join(',', symbols)),
        ("Quotes__Venues", ""),
    ];

    /// <summary>Of every service.</summary>
    public static IEnumerable<(string Name, string Value)> OfService(string redis, string url) =>
        [("ASPNETCORE_URLS", url), ("ConnectionStrings__redis", redis), ("Quantum__Mode", "sim")];

    /// <summary>Of the sizing service, which listens for questions of two kinds.</summary>
    /// <param name="url">For HTTP.</param>
    /// <param name="grpc">For the question of a size.</param>
    public static IEnumerable<(string Name, string Value)> OfSizing(string url, string grpc) =>
    [
        ("Kestrel__Endpoints__http__Url", url), ("Kestrel__Endpoints__grpc__Url", grpc),
        ("Kestrel__Endpoints__grpc__Protocols", "Http2"),
    ];

    /// <summary>A port of this machine that was free a moment ago.</summary>
    public static string FreeUrl() =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}");

    private static IEnumerable<(string Name, string Value)> OfClient(string host) =>
    [
        ("Binance__Environment", "custom"), ("Binance__RestUrl", "http://" + host),
        ("Binance__StreamUrl", "ws://" + host), ("RateBudget__WeightPerMinute", Many),
        ("RateBudget__OrdersPerTenSeconds", Many), ("RateBudget__OrdersPerMinute", Many),
        ("RateBudget__EntriesStoppedAfterBanSeconds", "1"),
    ];
}
