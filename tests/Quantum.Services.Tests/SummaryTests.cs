using System.Globalization;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.Testing;

namespace Quantum.Services.Tests;

/// <summary>The summary of a run that ended with a position open, asked of the learning service itself.</summary>
public sealed class SummaryTests : IDisposable
{
    private const long AtMs = 1_765_000_000_000;
    private static readonly Symbol s_btc = Symbol.Parse("BTCUSDT");
    private readonly RedisServer _redis = RedisServer.Start();
    private readonly RedisEntries _entries;
    private int _ids;

    public SummaryTests() => _entries = new RedisEntries(_redis);

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Summary_open_position()
    {
        using var learning = await ServiceProcess.StartAsync(
            "Quantum.Learning", "ConnectionStrings:redis=" + _redis.ConnectionString, "Quantum:Tape=true");
        Tell();
        JsonElement summary = default;
        await Eventually.TrueAsync(async () =>
        {
            summary = await GetAsync(learning, "summary");
            // Fees and funding are the journal's, which follows the stream.
            return summary.GetProperty("outcomes").EnumerateObject().Sum(outcome => outcome.Value.GetInt64()) == 4
                && (Usd("feesUsd"), Usd("fundingUsd")) == (1.2m, 0.3m);
        });

        // 0.02 sold at 90,000, half bought back at 89,000, the rest at 92,000 now; 1.2 USD of fees, 0.3 received.
        Assert.Equal(
            (10_000m, 10m, -20m, 9_989.1m, 0m),
            (Usd("startEquityUsd"), Usd("realizedUsd"), Usd("unrealizedUsd"), Usd("endEquityUsd"),
                Usd("unexplainedUsd")));
        Assert.Equal(
            Usd("endEquityUsd"),
            Usd("startEquityUsd") + Usd("realizedUsd") + Usd("unrealizedUsd") + Usd("fundingUsd") - Usd("feesUsd"));
        var open = Assert.Single(summary.GetProperty("openPositions").EnumerateArray().ToArray());
        Assert.Equal(("BTCUSDT", "SHORT", 0.01m, 90_000m, 92_000m, -20m),
            (open.GetProperty("symbol").GetString(), open.GetProperty("side").GetString(),
                open.GetProperty("quantity").GetDecimal(), open.GetProperty("entryPrice").GetDecimal(),
                open.GetProperty("markPrice").GetDecimal(), open.GetProperty("unrealizedUsd").GetDecimal()));
        Assert.Equal("2025-12-06T05:46:40Z", open.GetProperty("priceEndedAt").GetString());
        Assert.Equal(1.012m, Usd("closingCostUsd"));
        Assert.Equal(Usd("endEquityUsd") - 1.012m, Usd("equityAfterClosingUsd"));
        Assert.Contains("taker fee", summary.GetProperty("closingCostAssumption").GetString());
        Assert.Equal(
            """{"min_notional":1,"symbol_unknown":1}""", summary.GetProperty("deniedByReason").GetRawText());
        Assert.Equal("""["first","second"]""", summary.GetProperty("alarms").GetRawText());
        Assert.Equal("""["first","second"]""", (await GetAsync(learning, "done")).GetProperty("alarms").GetRawText());

        decimal Usd(string name) => summary.GetProperty(name).GetDecimal();
    }

    private void Tell()
    {
        using var log = new RedisEventLog(RespEndpoint.Parse(_redis.ConnectionString), new LogKeys());
        Publish(log, StreamCatalog.PortfolioSnapshot, Snapshot(9_000));
        Publish(log, StreamCatalog.PortfolioSnapshot, Snapshot(9_989.1m));
        Publish(log, StreamCatalog.PortfolioExposure, new PortfolioExposure
        {
            TotalExposureUsd = 920, ExposureBySymbol = new(new SymbolExposure(s_btc, -920, -0.01m, 90_000)),
            LongExposureUsd = 0, ShortExposureUsd = 920, NetExposureUsd = -920, TotalEquityUsd = 9_989.1m,
            FreeMarginUsd = 9_000,
        });
        _entries.Call("ZADD", FeedKeys.Alarms, "2", "second", "1", "first");
        _entries.Call(
            "HSET", FeedKeys.Done, "ended", string.Create(CultureInfo.InvariantCulture, $"{{\"BTCUSDT\":{AtMs}}}"));
        // Last the intents, whose number the test waits for.
        Publish(log, StreamCatalog.ExecutionResult, Denied("funding") with
        {
            Kind = ResultKind.Funding, Outcome = Outcome.Applied, FundingUsd = 0.3m, Side = null,
        });
        Publish(log, StreamCatalog.ExecutionResult, Filled(Side.Sell, 0.02m, 90_000, 0.9m));
        Publish(log, StreamCatalog.ExecutionResult, Filled(Side.Buy, 0.01m, 89_000, 0.3m) with { ReduceOnly = true });
        Publish(log, StreamCatalog.ExecutionResult, Denied("symbol_unknown"));
        Publish(log, StreamCatalog.ExecutionResult, Denied("min_notional"));
    }

    private void Publish<TEvent>(IEventLog log, EventStream<TEvent> stream, TEvent payload) where TEvent : struct =>
        new EventSource(log, stream.Producers[0], TradingMode.Paper, isTape: true)
            .Publish(stream, in payload, $"e{++_ids}", AtMs);

    private ExecutionResult Filled(Side side, decimal quantity, decimal price, decimal feeUsd) => new()
    {
        Kind = ResultKind.Intent, IntentId = $"i{++_ids}", Symbol = s_btc, Side = side, Outcome = Outcome.Filled,
        ReasonCode = "filled", ReduceOnly = false, PositionId = "p1", FilledQuantity = quantity, AveragePrice = price,
        FeeUsd = feeUsd, Ilf = IlfContext.Unknown,
    };

    private ExecutionResult Denied(string reason) => new()
    {
        Kind = ResultKind.Intent, IntentId = $"i{++_ids}", Symbol = s_btc, Side = Side.Buy, Outcome = Outcome.Denied,
        ReasonCode = reason, ReduceOnly = false, FilledQuantity = 0, FeeUsd = 0,
        Ilf = IlfContext.Unknown,
    };

    private static PortfolioSnapshot Snapshot(decimal equityUsd) => new()
    {
        TotalEquityUsd = equityUsd, CashBalanceUsd = equityUsd, TotalExposureUsd = 920, MarginUsedUsd = 100,
        FreeMarginUsd = 9_000, UnrealizedPnlUsd = -20, RealizedPnlTodayUsd = 0, FeesUsd = 1.2m, FundingUsd = 0.3m,
        DrawdownFraction = 0.001, DailyDrawdownFraction = 0, NumPositions = 1, StaleMarks = 0,
    };

    private static async Task<JsonElement> GetAsync(ServiceProcess service, string path)
    {
        using var document = JsonDocument.Parse(
            await service.Http.GetStringAsync(new Uri("/" + path, UriKind.Relative)));
        return document.RootElement.Clone();
    }
}
