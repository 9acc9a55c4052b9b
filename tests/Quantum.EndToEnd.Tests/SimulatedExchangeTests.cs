using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EndToEnd.Tests.Harness;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.Resp;
using StackExchange.Redis;
using Order = StackExchange.Redis.Order;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// <c>./quantum up --mode sim</c>: market and orders over the wire to a venue that any Binance client can use.
/// </summary>
public sealed class SimulatedExchangeTests : IDisposable
{
    private const string Entry = "wish-of-the-test";
    private const string Exit = "exit-of-the-test";
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");
    private readonly UpFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_entry_is_filled_and_protected_by_the_venues_own_word_and_its_exit_leaves_nothing_behind()
    {
        var settings = new Dictionary<string, string> { ["OrderLane__ReconcileEveryMs"] = "1000" };
        using var up = _folder.Up(
            settings, "--mode", "sim", "--symbols", "NEARUSDT", "--edge", "0");
        Eventually.True(() => up.HasEnded || up.Output.Contains("Ctrl+C", StringComparison.Ordinal), UpFolder.Limit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        Assert.Contains("over the wire to a simulated exchange", up.Output, StringComparison.Ordinal);
        var connection = await File.ReadAllTextAsync(Path.Combine(_folder.Run, "connection"));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connection);
        var streams = redis.GetDatabase();
        using var log = new RedisEventLog(RespEndpoint.Parse(connection), new LogKeys());
        var source = new EventSource(log, RoleNames.TradingBot, TradingMode.Sim);

        // Until price, policy, exposure and the account are known, entries are denied, each with its reason.
        var result = await AskAsync(streams, source, Entry, reduces: false);
        Assert.Equal("filled", result["outcome"]);
        var held = decimal.Parse(result["filled_quantity"], CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(async () => await PositionAsync(streams) is (var quantity, var covered)
            && quantity == held && covered == held);

        result = await AskAsync(streams, source, Exit, reduces: true);
        Assert.Equal("filled", result["outcome"]);
        await Eventually.TrueAsync(async () => await PositionAsync(streams) is (0, 0));
        var balances = await streams.ReadAsync(StreamCatalog.ExecutionResult);
        Assert.Contains(balances, entry => entry["kind"] == "balance");
        Assert.DoesNotContain(balances, entry => entry["kind"] == "adjustment");
        await RedisRights.NothingRefusedAsync(streams);
    }

    [Fact]
    public async Task Over_TLS_it_trades_and_no_password_stands_where_others_read()
    {
        const string Password = "the-executor-of-this-test";
        var settings = new Dictionary<string, string>
        {
            ["Redis__Tls"] = "true", ["Parameters__redis-executor-password"] = Password,
        };
        using var up = _folder.Up(settings, "--mode", "sim", "--symbols", "NEARUSDT", "--edge", "0");
        var open = new OpenWords();
        Eventually.True(
            () => open.Look() && (up.HasEnded || up.Output.Contains("Ctrl+C", StringComparison.Ordinal)),
            UpFolder.Limit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        var connection = await File.ReadAllTextAsync(Path.Combine(_folder.Run, "connection"));
        var root = Path.Combine(_folder.Run, "redis-root.pem");
        var options = ConfigurationOptions.Parse(connection);
        options.TrustIssuer(root);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        var endpoint = RespEndpoint.Parse(connection) with { TrustedRoots = RespEndpoint.RootsOf(root) };
        using var log = new RedisEventLog(endpoint, new LogKeys());
        var source = new EventSource(log, RoleNames.TradingBot, TradingMode.Sim);
        Assert.Equal("filled", (await AskAsync(redis.GetDatabase(), source, Entry, reduces: false))["outcome"]);
        await RedisRights.NothingRefusedAsync(redis.GetDatabase());

        // Neither without TLS, nor under another root.
        Assert.Throws<RespConnectionException>(
            () => RespConnection.Connect(endpoint with { UseTls = false }).Dispose());
        Assert.Throws<RespConnectionException>(
            () => RespConnection.Connect(endpoint with { TrustedRoots = [] }).Dispose());
        open.Look();
        Assert.Contains("redis-server", open.All, StringComparison.Ordinal);
        foreach (var secret in (string[])[Password, endpoint.Password!])
        {
            Assert.DoesNotContain(secret, open.All, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, up.Output + up.Error, StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(_folder.Run, "*", SearchOption.AllDirectories))
                RedisRights.OwnerAloneReadsWhatHolds(file, secret);
        }
    }

    private static async Task<Dictionary<string, string>> AskAsync(
        IDatabase streams, EventSource source, string id, bool reduces)
    {
        var clock = Stopwatch.StartNew();
        for (var tries = 0; ; tries++)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var wish = string.Create(CultureInfo.InvariantCulture, $"{id}-{tries}");
            source.Publish(StreamCatalog.TradeIntent, Intent(now, reduces), wish, now);
            Dictionary<string, string>? found = null;
            await Eventually.TrueAsync(async () => (found = await ResultOfAsync(streams, wish)) is not null);
            if (found!["outcome"] != "denied") return found;
            // The history is told before the first price: on a slow disk that takes its time.
            Assert.True(
                clock.Elapsed < UpFolder.Limit, $"denied for ever: {found["reason_code"]} {found["reason"]}");
            await Eventually.TrueAsync(() => Task.FromResult(
                DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > now + 500));
        }
    }

    private static TradeIntent Intent(long now, bool reduces) => new()
    {
        Symbol = s_near, Side = reduces ? Side.Sell : Side.Buy, Confidence = 0.9, ReduceOnly = reduces ? true : null,
        PositionSizeUsd = reduces ? null : 100, DeadlineMs = now + 20_000, Reason = reduces ? "exit" : null,
        Ilf = IlfContext.Unknown with { AtrValue = 0.01 },
    };

    private static async Task<Dictionary<string, string>?> ResultOfAsync(IDatabase streams, string intent) =>
        (await streams.ReadAsync(StreamCatalog.ExecutionResult))
            .Where(entry => entry["intent_id"] == intent && entry["kind"] == "intent")
            .Select(entry => entry.Values.ToDictionary(value => value.Name.ToString(), value => value.Value.ToString()))
            .FirstOrDefault();

    // What the venue says it holds, and what its live stops would close.
    private static async Task<(decimal Quantity, decimal Covered)?> PositionAsync(IDatabase streams)
    {
        var newest = await streams.StreamRangeAsync(
            StreamCatalog.OrderUpdate.Key, count: 50, messageOrder: Order.Descending);
        foreach (var entry in newest)
        {
            if (entry["kind"] != "position" || entry["symbol"] != s_near.Name || entry["stop_quantity"] == "") continue;
            return (Number(entry["position_quantity"]), Number(entry["stop_quantity"]));
        }

        return null;
    }

    private static decimal Number(RedisValue text) => decimal.Parse(text.ToString(), CultureInfo.InvariantCulture);
}
