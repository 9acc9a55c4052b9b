using Quantum.Exchanges.Okx;
using Quantum.Exchanges.Quotes;
using Quantum.Exchanges.Tests.Quotes;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Okx;

public sealed class OkxQuotesTests
{
    private const long EndMs = 1_790_380_800_000;
    private const long HourMs = 3_600_000;

    [Fact]
    public async Task A_ticker_is_a_quote_with_the_funding_that_was_told_before()
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var heard = new HeardQuotes<OkxQuotes>();
        heard.Run(new OkxQuotes(Settings(stub), heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        Assert.Equal(
            """{"op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT-SWAP"},"""
            + """{"channel":"funding-rate","instId":"BTC-USDT-SWAP"}]}""", stub.Received[0]);
        await stub.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", 1_790_000_000_000, "83800.8", "83802"));
        var (atMs, quote) = heard.Wait(0);
        Assert.Equal(
            (1_790_000_000_000, "okx", "BTCUSDT", 83_800.8m, 83_802m, 83_800.8m, null),
            (atMs, quote.Exchange, quote.Symbol.Name, quote.BidPrice, quote.AskPrice, quote.LastPrice,
                quote.FundingRate));
        await stub.SendAsync(VenueFrames.OkxFunding("BTC-USDT-SWAP", "0.0001", EndMs, EndMs + 8 * HourMs));
        await stub.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", 1_790_000_000_100, "83800.8", "83802"));
        Assert.Equal(0.0001, heard.Wait(1).Quote.FundingRate);
    }

    [Theory]
    [InlineData(8, null, 0.0001)]
    [InlineData(4, null, 0.0002)]
    [InlineData(8, 1, 0.0008)]
    public async Task Funding_is_told_for_eight_hours_by_the_interval_for_which_it_holds(
        int next, int? before, double expected)
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Okx("PEPE-USDT-SWAP"));
        await using var heard = new HeardQuotes<OkxQuotes>();
        heard.Run(new OkxQuotes(Settings(stub), heard), "1000PEPEUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        await stub.SendAsync(VenueFrames.OkxFunding(
            "PEPE-USDT-SWAP", "0.0001", EndMs, EndMs + next * HourMs, EndMs - before * HourMs));
        await stub.SendAsync(VenueFrames.OkxTicker("PEPE-USDT-SWAP", 1, "0.000003605", "0.000003606"));
        var quote = heard.Wait(0).Quote;
        Assert.Equal(expected, quote.FundingRate!.Value, 12);
        Assert.Equal(
            ("1000PEPEUSDT", 0.003605m, 0.003606m), (quote.Symbol.Name, quote.BidPrice, quote.AskPrice));
    }

    [Fact]
    public async Task What_the_venue_does_not_have_is_left_out_with_a_word()
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var heard = new HeardQuotes<OkxQuotes>();
        heard.Run(new OkxQuotes(Settings(stub), heard), "NOPEUSDT", "BTCUSDT", "1000BTCUSDT");
        heard.WaitForLine("okx: 1000BTCUSDT is left out: BTC-USDT-SWAP is asked for as BTCUSDT");
        heard.WaitForLine("okx: NOPEUSDT is left out: Wrong URL or channel:tickers,instId:NOPE-USDT-SWAP");
        await stub.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", 5, "10", "11"));
        Assert.Equal(5, heard.Wait(0).AtMs);
        Assert.Equal(1, stub.Connections);
    }

    [Theory]
    [InlineData("""{"event":"notice","code":"64008","msg":"The connection will soon be closed","connId":"a"}""",
        "will soon be closed")]
    [InlineData("""{"event":"error","code":"60012","msg":"Illegal request","connId":"a"}""", "60012: Illegal request")]
    [InlineData("""{"arg":{"channel":"tickers","instId":"ETH-USDT-SWAP"},"data":[]}""", "was not asked for")]
    [InlineData("""{"arg":{"channel":"tickers","instId":"BTC-USDT-SWAP"},"data":[{}]}""", "cannot be read")]
    public async Task What_ends_a_connection_is_told_and_the_next_one_asks_again(string frame, string told)
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Okx("BTC-USDT-SWAP"));
        await using var heard = new HeardQuotes<OkxQuotes>();
        heard.Run(new OkxQuotes(Settings(stub), heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        await stub.SendAsync(frame);
        heard.WaitForLine(told);
        Eventually.True(() => stub.Received.Count == 2);
        await stub.SendAsync(VenueFrames.OkxTicker("BTC-USDT-SWAP", 7, "10", "11"));
        Assert.Equal(7, heard.Wait(0).AtMs);
    }

    private static QuoteStreamSettings Settings(VenueStub stub) => new()
    {
        Address = stub.Address, FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromSeconds(1),
    };
}
