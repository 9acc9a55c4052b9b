using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EndToEnd.Tests.Harness;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>The state the audit found, and an executor that starts on it.</summary>
public sealed class AuditedCaseTests(ITestOutputHelper output)
{
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stale_intents_expire_without_an_order_and_a_fresh_one_behind_them_is_filled(bool pendingIsGone)
    {
        using var run = SystemRun.InRealTime();
        await run.WatchAsync(async () =>
        {
            await AuditedRedis.FillAsync(run.Redis, pendingIsGone);
            var found = await run.Redis.GroupAsync(StreamCatalog.TradeIntent.Key, AuditedRedis.Group);
            Assert.Equal((AuditedRedis.IdleConsumers, 1), (found.Consumers, found.Pending));
            Assert.Equal(pendingIsGone ? AuditedRedis.StaleIntents : AuditedRedis.StaleIntents - 1, found.Lag);
            // Only a part of the system runs: the watchdog would be right to halt it.
            run.Set("Governance__Halts__OnFindings", "false");
            run.Start("governance");
            run.Start("portfolio");
            await DrainAsync(run);
            await ExecuteFreshAsync(run);
        });
    }

    private async Task DrainAsync(SystemRun run)
    {
        var executor = run.Start("executor");
        await Eventually.TrueAsync(
            () => Task.FromResult(executor.Output.Contains("Mode Paper", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60), "the executor has started");
        var clock = Stopwatch.StartNew();
        await Eventually.TrueAsync(
            async () => (await run.Redis.EndOfAsync(
                StreamCatalog.ExecutionResult.Key)).Added >= AuditedRedis.StaleIntents,
            TimeSpan.FromSeconds(60), "every stale intent has its result");
        // 2 s on an idle machine.
        output.WriteLine(
            $"{AuditedRedis.StaleIntents} stale intents took {clock.Elapsed.TotalSeconds:0.00} s after start-up");
        await Eventually.TrueAsync(
            async () => await run.Redis.GroupAsync(StreamCatalog.TradeIntent.Key, AuditedRedis.Group) is { Pending: 0,
                Lag: 0 });
        var results = await run.Redis.ReadAsync(StreamCatalog.ExecutionResult);
        Assert.All(results, result =>
            Assert.Equal(("intent", "expired"), (result["kind"].ToString(), result["outcome"].ToString())));
        Assert.Equal(AuditedRedis.StaleIntents,
            results.Select(result => result["intent_id"].ToString()).Distinct().Count());
        Assert.Equal(AuditedRedis.StaleIntents, results.Count);
        Assert.Equal(0, (await run.Redis.EndOfAsync(StreamCatalog.OrderCommand.Key)).Added);
        Assert.Equal(0, (await run.Redis.EndOfAsync(StreamCatalog.TradeIntent.DeadLetterKey)).Added);
    }

    private static async Task ExecuteFreshAsync(SystemRun run)
    {
        using var log = new RedisEventLog(RespEndpoint.Parse(run.ConnectionString), new LogKeys());
        var market = new EventSource(log, RoleNames.MarketPublisher, TradingMode.Paper);
        await Eventually.TrueAsync(async () =>
            (await run.Redis.EndOfAsync(StreamCatalog.PolicyUpdated.Key)).Added > 0
            && (await run.Redis.EndOfAsync(StreamCatalog.PortfolioExposure.Key)).Added > 0);
        for (var i = 0; i < 3; i++) TellMarket(market);
        var bot = new EventSource(log, RoleNames.TradingBot, TradingMode.Paper);
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        bot.Publish(
            StreamCatalog.TradeIntent,
            new TradeIntent
            {
                Symbol = s_near, Side = Side.Buy, Confidence = 0.72, PositionSizeUsd = 200, Leverage = 1,
                Ilf = new IlfContext
                {
                    AtrValue = 0.02, VolatilityFactor = 0.55, ExchangeDivergence = 0, FundingRate = 0,
                    Regime = Regime.Unknown,
                },
                DeadlineMs = at + 30_000,
            },
            "fresh-1", at);
        var outcome = "";
        await Eventually.TrueAsync(async () =>
        {
            TellMarket(market);
            var results = await run.Redis.StreamRangeAsync(
                StreamCatalog.ExecutionResult.Key, "-", "+", 5, StackExchange.Redis.Order.Descending);
            outcome = results.Where(r => r["intent_id"] == "fresh-1" && r["kind"] == "intent")
                .Select(r => $"{r["outcome"]} {r["reason_code"]} {r["reason"]}").FirstOrDefault() ?? "";
            return outcome.Length > 0;
        });
        Assert.StartsWith("filled ", outcome, StringComparison.Ordinal);
        var orders = await run.Redis.ReadAsync(StreamCatalog.OrderCommand);
        Assert.Single(orders, order => order["action"] == "place" && order["purpose"] == "entry");
    }

    private static void TellMarket(EventSource market)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        market.Publish(
            StreamCatalog.MarketData,
            new MarketData
            {
                Symbol = s_near, LastPrice = 1.47m, MarkPrice = 1.47m, BidPrice = 1.4699m, AskPrice = 1.4701m,
            },
            "", at);
        market.Publish(
            StreamCatalog.MarketTick,
            new MarketTick { Symbol = s_near, Price = 1.47m, Quantity = 100, BidPrice = 1.4699m, AskPrice = 1.4701m },
            "", at);
    }
}
