using Quantum.Exchanges.Bybit;
using Quantum.Exchanges.Quotes;
using Quantum.Exchanges.Tests.Quotes;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Bybit;

public sealed class BybitQuotesTests
{
    [Fact]
    public async Task A_snapshot_is_a_quote_and_a_change_keeps_what_it_does_not_tell()
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT"));
        await using var heard = new HeardQuotes<BybitQuotes>();
        heard.Run(new BybitQuotes(Settings(stub), heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        Assert.Equal("""{"req_id":"tickers.BTCUSDT","op":"subscribe","args":["tickers.BTCUSDT"]}""", stub.Received[0]);
        await stub.SendAsync(VenueFrames.BybitSnapshot("BTCUSDT", 1_790_000_000_000, "83819.30", "83819.40"));
        var (atMs, quote) = heard.Wait(0);
        Assert.Equal(1_790_000_000_000, atMs);
        Assert.Equal(
            ("bybit", "BTCUSDT", 83_819.30m, 83_819.40m, 83_819.30m, 0.0001),
            (quote.Exchange, quote.Symbol.Name, quote.BidPrice, quote.AskPrice, quote.LastPrice, quote.FundingRate));
        await stub.SendAsync(VenueFrames.BybitDelta(
            "BTCUSDT", 1_790_000_000_100, "\"ask1Price\":\"83820.10\",\"fundingRate\":\"0.0002\""));
        (atMs, quote) = heard.Wait(1);
        Assert.Equal(
            (1_790_000_000_100, 83_819.30m, 83_820.10m, 0.0002),
            (atMs, quote.BidPrice, quote.AskPrice, quote.FundingRate));
        // Nothing changed but the mark: the venue says that the rest still holds.
        await stub.SendAsync(VenueFrames.BybitDelta("BTCUSDT", 1_790_000_000_200, "\"markPrice\":\"1\""));
        Assert.Equal((1_790_000_000_200, quote), heard.Wait(2));
        // A side that is gone is no quote, and neither is one that crosses the other.
        await stub.SendAsync(VenueFrames.BybitDelta("BTCUSDT", 1_790_000_000_300, "\"bid1Price\":\"\""));
        await stub.SendAsync(VenueFrames.BybitDelta("BTCUSDT", 1_790_000_000_400, "\"bid1Price\":\"90000\""));
        await stub.SendAsync(VenueFrames.BybitDelta("BTCUSDT", 1_790_000_000_500, "\"bid1Price\":\"83820\""));
        Assert.Equal((1_790_000_000_500, 83_820m), (heard.Wait(3).AtMs, heard.Wait(3).Quote.BidPrice));
        Assert.Single(heard.Lines, line => line.Contains("is not taken", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("8", 0.0001)]
    [InlineData("4", 0.0002)]
    [InlineData("1", 0.0008)]
    [InlineData("", null)]
    public async Task Funding_is_told_for_eight_hours_and_not_at_all_when_its_hours_are_not_known(
        string hours, double? expected)
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT"));
        await using var heard = new HeardQuotes<BybitQuotes>();
        heard.Run(new BybitQuotes(Settings(stub), heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        await stub.SendAsync(VenueFrames.BybitSnapshot("BTCUSDT", 1, "10", "11", "0.0001", hours));
        Assert.Equal(expected, heard.Wait(0).Quote.FundingRate);
    }

    [Fact]
    public async Task What_the_venue_does_not_have_is_left_out_and_what_it_calls_otherwise_is_found()
    {
        await using var stub =
            await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT", "SHIB1000USDT", "10000SATSUSDT"));
        await using var heard = new HeardQuotes<BybitQuotes>();
        heard.Run(
            new BybitQuotes(Settings(stub), heard), "BTCUSDT", "NOPEUSDT", "1000SHIBUSDT", "1000SATSUSDT", "BTCUSDC");
        heard.WaitForLine("bybit: NOPEUSDT is left out: error:handler not found");
        heard.WaitForLine("bybit: BTCUSDC is left out: it is not margined in USDT");
        Eventually.True(() => stub.Received.Any(frame => frame.Contains("10000SATSUSDT", StringComparison.Ordinal)));
        await stub.SendAsync(VenueFrames.BybitSnapshot("SHIB1000USDT", 1, "0.0053", "0.0054"));
        await stub.SendAsync(VenueFrames.BybitSnapshot("10000SATSUSDT", 2, "0.00011", "0.00012"));
        Assert.Equal(("1000SHIBUSDT", 0.0053m), (heard.Wait(0).Quote.Symbol.Name, heard.Wait(0).Quote.BidPrice));
        Assert.Equal(("1000SATSUSDT", 0.000011m), (heard.Wait(1).Quote.Symbol.Name, heard.Wait(1).Quote.BidPrice));
        // A word each, also after a new connection.
        stub.Cut();
        Eventually.True(() => stub.Received.Count(frame => frame.Contains("NOPEUSDT", StringComparison.Ordinal)) == 2);
        await stub.SendAsync(VenueFrames.BybitSnapshot("BTCUSDT", 3, "10", "11"));
        Assert.Equal(3, heard.Wait(2).AtMs);
        Assert.Single(heard.Lines, line => line.Contains("NOPEUSDT is left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"success":false,"ret_msg":"Params Error","conn_id":"c","req_id":"","op":"subscribe"}""", "Params")]
    [InlineData("""{"topic":"tickers.ETHUSDT","type":"snapshot","data":{},"ts":1}""", "was not asked for")]
    [InlineData("""{"topic":"tickers.BTCUSDT","type":"delta","data":{},"ts":1}""", "before its snapshot")]
    [InlineData("""{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"bid1Price":"many"},"ts":1}""", "'many'")]
    [InlineData("""{"op":"other"}""", "not understood")]
    [InlineData("<html>", "cannot be read")]
    public async Task What_is_not_understood_ends_the_connection_and_is_told(string frame, string told)
    {
        await using var stub = await VenueStub.StartAsync(VenueFrames.Bybit("BTCUSDT"));
        await using var heard = new HeardQuotes<BybitQuotes>();
        heard.Run(new BybitQuotes(Settings(stub), heard), "BTCUSDT");
        Eventually.True(() => stub.Received.Count == 1);
        await stub.SendAsync(frame);
        heard.WaitForLine(told);
        Eventually.True(() => stub.Connections == 2);
    }

    private static QuoteStreamSettings Settings(VenueStub stub) => new()
    {
        Address = stub.Address, FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromSeconds(1),
    };
}
