using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using StackExchange.Redis;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>What must hold at the end of every recorded run, however it went.</summary>
internal static class RunChecks
{
    private const decimal PnlTolerance = 0.000_000_01m;

    /// <param name="redis">The run's Redis.</param>
    /// <param name="summary">What the run told of itself.</param>
    /// <param name="candles">Candles in the file.</param>
    public static async Task HoldAsync(IDatabase redis, JsonElement summary, int candles)
    {
        Assert.Equal(candles, summary.GetProperty("candles").GetInt64());
        Assert.Equal(candles, (await redis.ReadAsync(StreamCatalog.MarketKlines)).Count);
        Money(summary);
        await OneEndPerIntentAsync(redis, summary);
        await NoDeadLettersAsync(redis);
        await AllReadAsync(redis);
    }

    private static void Money(JsonElement summary)
    {
        Assert.True(summary.GetProperty("trades").GetInt64() > 0, "no trade was closed");
        Assert.True(summary.GetProperty("orders").GetInt64() > 0, "no order was placed");
        var told = summary.GetProperty("pnlUsd").GetDecimal();
        var filled = summary.GetProperty("pnlFromFillsUsd").GetDecimal();
        Assert.True(
            Math.Abs(told - filled) <= PnlTolerance, $"trade.closed adds up to {told} USD, the fills to {filled} USD");
        Assert.InRange(summary.GetProperty("maxDrawdownFraction").GetDouble(), 0, 1);
        // The parts come from the journal's fills, the end from the portfolio's own events.
        Assert.Equal(0, Usd("unexplainedUsd"));
        Assert.Equal(
            Usd("endEquityUsd"),
            Usd("startEquityUsd") + Usd("realizedUsd") + Usd("unrealizedUsd") + Usd("fundingUsd") - Usd("feesUsd"), 8);
        Assert.Equal(
            Usd("unrealizedUsd"),
            summary.GetProperty("openPositions").EnumerateArray().Sum(p => p.GetProperty("unrealizedUsd").GetDecimal()),
            8);

        decimal Usd(string name) => summary.GetProperty(name).GetDecimal();
    }

    private static async Task OneEndPerIntentAsync(IDatabase redis, JsonElement summary)
    {
        var intents = (await redis.ReadAsync(StreamCatalog.TradeIntent)).Select(e => e["event_id"].ToString()).ToList();
        var ends = (await redis.ReadAsync(StreamCatalog.ExecutionResult))
            .Where(e => e["kind"] == "intent").Select(e => e["intent_id"].ToString()).ToList();
        Assert.True(intents.Count > 0, "no intent was published");
        Assert.Equal(intents.Count, intents.Distinct().Count());
        Assert.Equal(intents.Order(StringComparer.Ordinal), ends.Order(StringComparer.Ordinal));
        Assert.Equal(intents.Count, summary.GetProperty("intents").GetInt64());
        Assert.Equal(intents.Count, summary.GetProperty("outcomes").EnumerateObject().Sum(o => o.Value.GetInt64()));
    }

    private static async Task NoDeadLettersAsync(IDatabase redis)
    {
        foreach (var stream in StreamCatalog.All)
        {
            var (dead, _) = await redis.EndOfAsync(stream.DeadLetterKey);
            Assert.True(dead == 0, $"{dead} dead letter(s) of {stream.Name}");
        }
    }

    private static async Task AllReadAsync(IDatabase redis)
    {
        foreach (var stream in StreamCatalog.All)
        {
            var (added, lastId) = await redis.EndOfAsync(stream.Key);
            if (added == 0) continue;
            foreach (var consumer in stream.Consumers.Where(c => c.IsActiveIn(TradingMode.Paper)))
            {
                var group = await redis.GroupAsync(stream.Key, consumer.Group);
                Assert.True(group.Pending == 0, $"{consumer.Group}: {group.Pending} pending");
                Assert.True(
                    group.LastDelivered == lastId, $"{consumer.Group} stands at {group.LastDelivered} of {lastId}");
            }
        }
    }
}
