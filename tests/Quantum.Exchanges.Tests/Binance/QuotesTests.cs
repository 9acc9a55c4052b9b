using System.Collections.Concurrent;
using Quantum.Binance.Market;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Binance;

public sealed class QuotesTests
{
    private const string Info = """
        {"timezone":"UTC","serverTime":1700000000000,"futuresType":"U_MARGINED","rateLimits":[],"exchangeFilters":[],
        "assets":[],"symbols":[{"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL",
        "deliveryDate":4133404800000,"onboardDate":1569398400000,"status":"TRADING","baseAsset":"BTC",
        "quoteAsset":"USDT","marginAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"baseAssetPrecision":8,
        "quotePrecision":8,"underlyingType":"COIN","underlyingSubType":[],"triggerProtect":"0.05",
        "liquidationFee":"0.0125","marketTakeBound":"0.05","maintMarginPercent":"2.5","requiredMarginPercent":"5",
        "filters":[],"orderTypes":["LIMIT"],"timeInForce":["GTC"]}]}
        """;

    [Fact]
    public async Task Quotes_are_told_with_the_funding_of_eight_hours()
    {
        await using var stub = await BinanceStub.StartAsync();
        stub.On(StubReplies.ExchangeInfo, Info);
        stub.On(StubReplies.FundingInfo, """
            [{"symbol":"BTCUSDT","adjustedFundingRateCap":"0.02","adjustedFundingRateFloor":"-0.02",
            "fundingIntervalHours":4,"disclaimer":false}]
            """);
        var log = new LogLines();
        var told = new ConcurrentQueue<(long AtMs, ExchangeRaw Quote)>();
        using var end = new CancellationTokenSource();
        var quotes = new BinanceQuotes(
            VenueRun.SettingsOf(stub) with { ApiKey = null, ApiSecret = null }, new OpenBudget(), TimeProvider.System,
            log);
        var running = quotes.RunAsync(
            [VenueRun.Btc, Symbol.Parse("NOSUCHUSDT")], (atMs, quote) => told.Enqueue((atMs, quote)), end.Token);
        Eventually.True(() => stub.Subscribed.Count == 3);
        Assert.Contains(log.Lines, line => line.Contains("NOSUCHUSDT", StringComparison.Ordinal));
        await stub.TellAsync("/market", MarketFrames.Mark(1_700_000_000_000, "100", "0.0001", 1_700_001_000_000));
        await stub.TellAsync("/market", MarketFrames.Trade(5, 1_700_000_000_001, "100.05"));
        Eventually.True(() =>
        {
            stub.TellAsync("/public", MarketFrames.Book(told.Count + 9, 1_700_000_000_002, "100", "100.1")).Wait();
            return told.Any(one => one.Quote is { LastPrice: not null, FundingRate: not null });
        });
        var (atMs, quote) = told.Last();
        Assert.Equal(1_700_000_000_002, atMs);
        Assert.Equal(("binance", 100m, 100.1m, 100.05m),
            (quote.Exchange, quote.BidPrice, quote.AskPrice, quote.LastPrice));
        Assert.Equal(0.0002, quote.FundingRate!.Value, 10);
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Instruments_are_the_exchanges_own_text_and_its_brackets()
    {
        await using var stub = await BinanceStub.StartAsync();
        stub.On(StubReplies.ExchangeInfo, Info);
        stub.On(StubReplies.Brackets, """
            [{"symbol":"BTCUSDT","notionalCoef":1.5,"brackets":[{"bracket":1,"initialLeverage":125,
            "notionalCap":50000,"notionalFloor":0,"maintMarginRatio":0.004,"cum":0}]}]
            """);
        var instruments = new BinanceInstruments(
            VenueRun.SettingsOf(stub), TradingMode.Sim, new OpenBudget(), TimeProvider.System);
        var texts = await instruments.ReadAsync(default);
        Assert.Equal(Info, texts.ExchangeInfoJson);
        Assert.Equal(
            """
            [{"symbol":"BTCUSDT","brackets":[{"bracket":1,"initialLeverage":125,"notionalCap":50000,
            "notionalFloor":0,"maintMarginRatio":0.004,"cum":0}]}]
            """.ReplaceLineEndings(""),
            texts.LeverageBracketJson);
        stub.On(StubReplies.ExchangeInfo, new StubAnswer(503, "<html>no</html>"));
        await Assert.ThrowsAsync<VenueException>(() => instruments.ReadAsync(default));
    }
}
