using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Quantum.Testing;

namespace Quantum.Bench.Venue;

/// <summary>
/// The venue as a process of its own, on one core where the system can pin it; its limits out of the way.
/// </summary>
internal sealed class VenueHost : IDisposable
{
    private const string Many = "100000000";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProcess _process;
    private readonly HttpClient _http;

    /// <param name="isPinned">Whether it gets one core alone.</param>
    /// <param name="feed">Which market it plays: settings of `Feed`.</param>
    public VenueHost(bool isPinned, params IEnumerable<(string Name, string Value)> feed)
    {
        IsPinned = isPinned && OperatingSystem.IsLinux() && File.Exists("/usr/bin/taskset");
        var host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{RedisServer.FreePort()}");
        (Rest, Streams) = (new Uri("http://" + host), new Uri("ws://" + host));
        _http = new HttpClient { BaseAddress = Rest };
        string[] launcher = IsPinned ? ["taskset", "-c", "0"] : [];
        _process = ServiceProcess.Start(
            "venue",
            [
                ("Venue__Url", Rest.ToString()), ("Venue__Key", Key), ("Venue__Secret", Secret),
                ("Venue__WeightPerMinute", Many), ("Venue__OrdersPerTenSeconds", Many),
                ("Venue__OrdersPerMinute", Many), ("SimVenue__StartBalanceUsd", "1000000"), .. feed,
            ],
            launcher);
        try
        {
            _process.Await("listening on", s_patience);
        }
        catch
        {
            _process.Dispose();
            _http.Dispose();
            throw;
        }
    }

    public Uri Rest { get; }

    public Uri Streams { get; }

    public string Key { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string Secret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>True when it has one core.</summary>
    public bool IsPinned { get; }

    /// <summary>The last price; waits for the first trade.</summary>
    public decimal PriceOf(string symbol)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            _process.Check();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/fapi/v1/ticker/price?symbol=" + symbol);
            using var response = _http.Send(request);
            using var document = JsonDocument.Parse(response.Content.ReadAsStream());
            if (response.IsSuccessStatusCode && document.RootElement.TryGetProperty("price", out var price))
                return decimal.Parse(price.GetString()!, CultureInfo.InvariantCulture);
            if (clock.Elapsed > s_patience) throw new InvalidOperationException($"the venue has no price of {symbol}.");
        }
    }

    /// <summary>Throws when it has ended.</summary>
    public void Check() => _process.Check();

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }
}
