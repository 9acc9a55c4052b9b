using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Exchanges.Tests.Standin;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>
/// Every recorded and documented frame of the market's streams is told to a feed, and of the WebSocket API, which the
/// adapter does not use, to an account's stream: each becomes what its row says, or is named as not understood.
/// </summary>
public sealed class MarketPayloadTests
{
    private const string NotUnderstood = "not understood: ";
    private const long EarliestMs = 1_600_000_000_000;
    private const decimal LastBid = 776;
    private const decimal LastPrice = 777;

    private static readonly PayloadRows s_rows = new("market");

    public static TheoryData<string> MarketFiles => [.. Names("market_")];

    public static TheoryData<string> ApiFiles => [.. Names("wsapi_")];

    [Fact]
    public void Every_frame_has_its_row_and_every_row_its_frame()
    {
        if (Payloads.Folder is null) return;
        Assert.Equal(
            Names("market_").Concat(Names("wsapi_")).Order(StringComparer.Ordinal),
            s_rows.All.Keys.Order(StringComparer.Ordinal));
    }

    [PayloadTheory]
    [MemberData(nameof(MarketFiles))]
    public async Task A_frame_of_the_market_becomes_what_it_says(string name)
    {
        var text = Payloads.Read($"ws/{name}.json").Trim();
        using var document = JsonDocument.Parse(text);
        var data = document.RootElement.TryGetProperty("data", out var inner) ? inner : document.RootElement;
        var atMs = data.GetProperty("E").GetInt64();
        // Documented frames are of 1970, when no exchange told candles.
        await using var run = await FeedRun.PrepareAsync(Math.Max(atMs, EarliestMs) + 1_000);
        run.Start(history: 2, symbols: [VenueRun.Btc, Symbol.Parse("BNBUSDT")]);
        Eventually.True(() => run.Told.Candles.Count == 4 && run.Stub.Subscribed.Count == 8);
        if (name == "market_kline_closed")
        {
            // Recorded without its envelope, and told when the candle is over.
            text = $$"""{"stream":"btcusdt@kline_1m","data":{{text}}}""";
            run.Clock.NowMs = atMs + MarketFrames.MinuteMs;
        }

        await TellAndWaitAsync(run, name.Contains("book", StringComparison.Ordinal) ? "/public" : "/market", text);
        string[] told =
        [
            .. run.Told.Ticks.Where(tick => tick.Tick.Price != LastPrice).Select(tick => $"tick {tick.Tick.Price}"),
            .. run.Told.Candles.Skip(4).Select(candle => $"candle {candle.Candle.Close}"),
            .. run.Told.States.Select(state => state.State).Where(state => state.BidPrice is not (null or LastBid))
                .Select(state => $"best {state.Symbol} {state.BidPrice} {state.AskPrice}").Distinct(),
            .. run.Told.States.Select(state => state.State).Where(state => state.MarkPrice is not null)
                .Select(state => $"mark {state.Symbol} {state.MarkPrice} {state.FundingRate}").Distinct(),
            .. run.Told.Unreadable.Select(what => NotUnderstood + what),
        ];
        s_rows.Compare(name, told.Length == 0 ? "nothing" : string.Join(", ", told));
        Assert.Empty(run.Told.Faults);
    }

    [PayloadTheory]
    [MemberData(nameof(ApiFiles))]
    public async Task A_reply_of_the_api_that_nobody_asked_is_named(string name)
    {
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        await run.Stub.TellAsync("/private", Payloads.Read($"ws/{name}.json").Trim());
        await run.Stub.TellUserAsync(UserFrames.Order("q1last", "NEW", "NEW"));
        Eventually.True(() => run.Heard.Updates.Any(update => update.ClientOrderId == "q1last"));
        s_rows.Compare(name, string.Join(", ", run.Heard.Unreadable.Select(seen => NotUnderstood + seen.What)));
        Assert.Single(run.Heard.Updates);
    }

    /// <summary>A frame, and behind it on the same connection one that shows that it has been heard.</summary>
    private static async Task TellAndWaitAsync(FeedRun run, string path, string frame)
    {
        await run.Stub.TellAsync(path, frame);
        var nowMs = run.Clock.NowMs;
        if (path == "/public")
        {
            await run.Stub.TellAsync(path, MarketFrames.Book(long.MaxValue, nowMs, "776", "778"));
            Eventually.True(() => run.Told.States.Any(told => told.State.BidPrice == LastBid));
        }

        await run.Stub.TellAsync("/market", MarketFrames.Trade(long.MaxValue, nowMs, "777"));
        Eventually.True(() => run.Told.States.Any(told => told.State.LastPrice == LastPrice));
    }

    private static IEnumerable<string> Names(string prefix) => Payloads.Files("ws")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
