using System.Net;
using Binance.Net.Clients;
using Binance.Net.Enums;
using Binance.Net.Objects;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Errors;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>What refusals and failures look like to the caller.</summary>
public sealed class RestErrorTests : IAsyncLifetime
{
    private Venue _venue = null!;
    private BinanceRestClient _client = null!;

    public async Task InitializeAsync()
    {
        _venue = await Venue.StartAsync();
        _client = _venue.RestClient(options => options.RequestTimeout = TimeSpan.FromSeconds(30));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _venue.DisposeAsync();
    }

    [Theory]
    [InlineData(400, -1000, ErrorType.Unknown)]
    [InlineData(503, -1001, ErrorType.Unknown)]
    [InlineData(408, -1007, ErrorType.Unknown)]
    [InlineData(503, -1008, ErrorType.Unknown)]
    [InlineData(400, -1021, ErrorType.InvalidTimestamp)]
    [InlineData(400, -1022, ErrorType.Unauthorized)]
    [InlineData(401, -2014, ErrorType.Unauthorized)]
    [InlineData(401, -2015, ErrorType.Unauthorized)]
    [InlineData(400, -1015, ErrorType.RateLimitOrder)]
    [InlineData(400, -1102, ErrorType.InvalidParameter)]
    [InlineData(400, -1111, ErrorType.InvalidParameter)]
    [InlineData(400, -1121, ErrorType.UnknownSymbol)]
    [InlineData(400, -1125, ErrorType.InvalidParameter)]
    [InlineData(400, -2010, ErrorType.Unknown)]
    [InlineData(400, -2011, ErrorType.Unknown)]
    [InlineData(400, -2013, ErrorType.UnknownOrder)]
    [InlineData(400, -2019, ErrorType.InsufficientBalance)]
    [InlineData(400, -2021, ErrorType.Unknown)]
    [InlineData(400, -2022, ErrorType.Unknown)]
    [InlineData(400, -2025, ErrorType.RateLimitOrder)]
    [InlineData(400, -4003, ErrorType.InvalidQuantity)]
    [InlineData(400, -4014, ErrorType.InvalidPrice)]
    [InlineData(400, -4015, ErrorType.InvalidParameter)]
    [InlineData(400, -4046, ErrorType.Unknown)]
    [InlineData(400, -4059, ErrorType.Unknown)]
    [InlineData(400, -4116, ErrorType.DuplicateClientOrderId)]
    [InlineData(400, -4120, ErrorType.Unknown)]
    [InlineData(400, -4161, ErrorType.InvalidOperation)]
    [InlineData(400, -4164, ErrorType.InvalidQuantity)]
    [InlineData(400, -5022, ErrorType.RejectedOrderConfiguration)]
    public async Task A_refusal_keeps_its_code_and_words_and_has_the_librarys_sort(int status, int code, ErrorType type)
    {
        _venue.Answers = _ => Answer.Refused(status, code, "why");
        var result = await PlaceAsync();
        Assert.False(result.Success);
        var error = Assert.IsType<ServerError>(result.Error);
        Assert.Equal(((int?)code, (string?)"why"), (error.Code, error.Message));
        Assert.Equal((type, false), (error.ErrorType, error.IsTransient));
        Assert.Equal(status, (int)result.ResponseStatusCode!);
        Assert.Single(_venue.Calls);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(418)]
    public async Task A_rate_limit_says_until_when_but_not_its_code(int status)
    {
        _venue.Answers = _ => Answer.Refused(status, -1003, "too much", ("Retry-After", "7"));
        var before = DateTime.UtcNow;
        var result = await PlaceAsync();
        var error = Assert.IsType<BinanceRateLimitError>(result.Error);
        Assert.Null(error.Code);
        Assert.Equal(ErrorType.RateLimitRequest, error.ErrorType);
        Assert.InRange(error.RetryAfter!.Value, before.AddSeconds(7), DateTime.UtcNow.AddSeconds(7));
        Assert.Equal(status, (int)result.ResponseStatusCode!);
        Assert.Single(_venue.Calls);
    }

    [Theory]
    [InlineData("""{"code":-1003,"msg":"too much"}""", typeof(BinanceRateLimitError))]
    [InlineData("<html>too much</html>", typeof(ServerRateLimitError))]
    public async Task A_rate_limit_without_a_time_has_none(string body, Type expected)
    {
        _venue.Answers = _ => new(429, body);
        var result = await PlaceAsync();
        Assert.IsType(expected, result.Error);
        Assert.Null(((BaseRateLimitError)result.Error!).RetryAfter);
    }

    [Fact]
    public async Task After_a_rate_limit_the_client_holds_back_all_but_orders()
    {
        _venue.Answers = _ => Answer.Refused(429, -1003, "too much", ("Retry-After", "60"));
        await _client.UsdFuturesApi.Account.GetBalancesAsync();
        var held = await _client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.IsType<ClientRateLimitError>(held.Error);
        Assert.Null(held.ResponseStatusCode);
        Assert.Single(_venue.Calls);
        await PlaceAsync();
        Assert.Equal(2, _venue.Calls.Count);
    }

    [Fact]
    public async Task Without_the_limiter_nothing_is_held_back()
    {
        using var client = _venue.RestClient(options => options.RateLimiterEnabled = false);
        _venue.Answers = _ => Answer.Refused(429, -1003, "too much", ("Retry-After", "60"));
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.Equal(2, _venue.Calls.Count);
    }

    [Fact]
    public async Task The_limiter_counts_a_minutes_weight()
    {
        // 60 times 40 is the whole minute's, of which asking the time takes a bit; the calls may fall into two minutes.
        ClientRateLimitError? held = null;
        for (var i = 0; i < 121 && held is null; i++)
            held = (await _client.UsdFuturesApi.Trading.GetOpenOrdersAsync()).Error as ClientRateLimitError;
        Assert.NotNull(held);
        Assert.InRange(_venue.Calls.Count, 59, 120);
    }

    [Fact]
    public async Task A_page_instead_of_JSON_is_unreadable_and_has_no_code()
    {
        _venue.Answers = _ => new(503, "<html>Unknown error, please check your request or try again later.</html>");
        var result = await PlaceAsync();
        var error = Assert.IsType<DeserializeError>(result.Error);
        Assert.Null(error.Code);
        Assert.Contains("<html>Unknown error", error.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, result.ResponseStatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"code":-2013}""")]
    [InlineData("[]")]
    public async Task A_refusal_without_words_has_no_code(string body)
    {
        _venue.Answers = _ => new(400, body);
        var error = Assert.IsType<ServerError>((await PlaceAsync()).Error);
        Assert.Equal(((int?)null, ErrorType.Unknown), (error.Code, error.ErrorType));
    }

    [Fact]
    public async Task A_success_that_is_no_JSON_is_unreadable()
    {
        _venue.Answers = _ => "OK";
        var result = await PlaceAsync();
        Assert.IsType<DeserializeError>(result.Error);
        Assert.Equal(HttpStatusCode.OK, result.ResponseStatusCode);
        Assert.Null(result.Data);
    }

    [Fact]
    public async Task A_broken_connection_is_an_error_of_the_network()
    {
        _venue.Answers = _ => Answer.Broken;
        var result = await PlaceAsync();
        var error = Assert.IsType<WebError>(result.Error);
        Assert.Equal((ErrorType.NetworkError, true, (int?)null), (error.ErrorType, error.IsTransient, error.Code));
        Assert.Null(result.ResponseStatusCode);
        Assert.Single(_venue.Calls);
    }

    [Fact]
    public async Task Silence_is_an_error_of_the_network_sorted_as_time_out()
    {
        _venue.Answers = _ => Answer.Silent;
        using var client = _venue.RestClient(options => options.RequestTimeout = TimeSpan.FromMilliseconds(300));
        var result = await client.UsdFuturesApi.ExchangeData.GetExchangeInfoAsync();
        Assert.Equal(ErrorType.Timeout, Assert.IsType<WebError>(result.Error).ErrorType);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        _venue.Answers = _ => Answer.Silent;
        using var giveUp = new CancellationTokenSource();
        var call = _client.UsdFuturesApi.ExchangeData.GetExchangeInfoAsync(giveUp.Token);
        await Testing.Eventually.TrueAsync(() => Task.FromResult(_venue.Calls.Count == 1));
        await giveUp.CancelAsync();
        Assert.IsType<CancellationRequestedError>((await call).Error);
    }

    private Task<HttpResult<global::Binance.Net.Objects.Models.Futures.BinanceUsdFuturesOrder>> PlaceAsync() =>
        _client.UsdFuturesApi.Trading.PlaceOrderAsync(
            "BTCUSDT", OrderSide.Buy, FuturesOrderType.Market, 1, newClientOrderId: "own-1");
}
