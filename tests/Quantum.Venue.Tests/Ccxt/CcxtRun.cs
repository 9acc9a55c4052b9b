using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Testing;
using Quantum.Venue.Tests.Market;

namespace Quantum.Venue.Tests.Ccxt;

/// <summary>One session of ccxt at a venue with a generated market in real time: everything that it was told.</summary>
public sealed class CcxtRun : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(55);
    private readonly Dictionary<string, JsonElement> _told = new(StringComparer.Ordinal);

    /// <summary>What a step of the script gave; fails with its fault where it failed.</summary>
    public JsonElement Of(string step)
    {
        Assert.True(_told.TryGetValue(step, out var told), $"the script did not come to '{step}'");
        if (told.ValueKind == JsonValueKind.Object && told.TryGetProperty("error", out var error))
            Assert.Fail($"{step}: {error.GetString()}");
        return told;
    }

    /// <summary>The fault of a step that must fail.</summary>
    public string FaultOf(string step)
    {
        Assert.True(_told.TryGetValue(step, out var told), $"the script did not come to '{step}'");
        Assert.True(
            told.ValueKind == JsonValueKind.Object && told.TryGetProperty("error", out _), $"{step} succeeded: {told}");
        return told.GetProperty("error").GetString()!;
    }

    public async Task InitializeAsync()
    {
        if (CcxtFactAttribute.Packages.Fault is not null) return;
        await using var venue = await VenueRun.StartAsync(new FeedSettings
        {
            Kind = FeedKind.Generated, HistoryCandles = 600,
            Symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT")],
        });
        venue.Market.Play();
        using var script = new NodeScript(
            CcxtFactAttribute.Packages, "client.js", venue.Address.ToString().TrimEnd('/'), venue.Key, venue.Secret,
            "BTC/USDT:USDT");
        var limit = DateTime.UtcNow + s_limit;
        while (!_told.ContainsKey("end"))
        {
            var line = script.Hear("name", limit - DateTime.UtcNow);
            _told[line.GetProperty("name").GetString()!] = line.GetProperty("value");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
