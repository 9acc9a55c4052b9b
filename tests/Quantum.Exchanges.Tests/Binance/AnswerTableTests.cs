using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using static Quantum.Exchanges.Tests.Binance.StubReplies;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>Every answer of the exchange to a new order: what it means, and that the order is sent once.</summary>
public sealed class AnswerTableTests
{
    public static TheoryData<int> RefusalCodes => new(BinanceAnswers.Refusals.Keys.Order());

    [Theory]
    [MemberData(nameof(RefusalCodes))]
    public async Task A_refusal_by_number_is_definite(int code)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(code));
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.Rejected, BinanceAnswers.Refusals[code]), (told.Status, told.ReasonCode));
        Assert.Contains("so it is", told.Reason, StringComparison.Ordinal);
        Assert.Equal(1, run.Stub.Count(Place));
        Assert.Equal(0, run.Stub.Count(Query));
    }

    // The words that the simulated venue uses too.
    [Theory]
    [InlineData(-2019, "insufficient_margin")]
    [InlineData(-1111, "precision")]
    [InlineData(-4014, "precision")]
    [InlineData(-4005, "quantity")]
    [InlineData(-4164, "min_notional")]
    [InlineData(-4016, "percent_price")]
    [InlineData(-4131, "percent_price")]
    [InlineData(-2021, "would_trigger")]
    [InlineData(-2022, "reduce_only_rejected")]
    [InlineData(-2027, "position_limit")]
    [InlineData(-4028, "leverage_not_allowed")]
    [InlineData(-5022, "gtx_would_take")]
    [InlineData(-5021, "fok_unfilled")]
    [InlineData(-2015, "unauthorized")]
    [InlineData(-1021, "clock")]
    public void Codes_are_words_of_ours(int code, string reason) => Assert.Equal(reason, BinanceAnswers.Refusals[code]);

    [Theory]
    [InlineData(-1000, 500)]
    [InlineData(-1001, 503)]
    [InlineData(-1001, 400)]
    [InlineData(-1006, 400)]
    [InlineData(-1007, 408)]
    [InlineData(-1007, 400)]
    [InlineData(-987654, 500)]
    [InlineData(-987654, 503)]
    [InlineData(-987654, 400)]
    [InlineData(-987654, 401)]
    [InlineData(-987654, 404)]
    [InlineData(-987654, 408)]
    [InlineData(-987654, 451)]
    [InlineData(-2019, 408)]
    [InlineData(987654, 400)]
    public async Task A_doubt_is_unknown_and_nothing_is_sent_again(int code, int status)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(code, "who knows", status));
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal(OrderStatus.Unknown, told.Status);
        Assert.Equal(1, run.Stub.Count(Place));
    }

    [Theory]
    [InlineData(502, "<html>bad gateway</html>")]
    [InlineData(503, "<html>unavailable</html>")]
    [InlineData(403, "<html>blocked</html>")]
    [InlineData(408, "")]
    [InlineData(408, "<html>timeout</html>")]
    [InlineData(400, "")]
    [InlineData(400, "{}")]
    [InlineData(404, "")]
    [InlineData(451, "")]
    [InlineData(520, "")]
    [InlineData(200, "<html>welcome</html>")]
    [InlineData(StubAnswer.Broken, "")]
    [InlineData(StubAnswer.Silent, "")]
    public async Task No_answer_of_the_exchange_is_unknown(int status, string body)
    {
        await using var run = await VenueRun.StartAsync(settings => settings with { RequestTimeoutMs = 400 });
        run.Stub.On(Place, new StubAnswer(status, body));
        run.Stub.On(PlaceConditional, new StubAnswer(status, body));
        var plain = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        var stop = await run.Venue.PlaceAsync(VenueRun.Command(OrderType.StopMarket, id: "q1stop"), default);
        Assert.Equal((OrderStatus.Unknown, OrderStatus.Unknown), (plain.Status, stop.Status));
        Assert.Equal((1, 1), (run.Stub.Count(Place), run.Stub.Count(PlaceConditional)));
    }

    // A cancel that nobody answered is told as unknown and asked for: never taken for done, nor the order for gone.
    [Theory]
    [InlineData(408, "")]
    [InlineData(400, """{"code":-987654,"msg":"new words"}""")]
    [InlineData(503, "<html>")]
    public async Task A_doubtful_cancel_says_nothing_of_the_order(int status, string body)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Cancel, new StubAnswer(status, body));
        run.Stub.On(CancelConditional, new StubAnswer(status, body));
        var plain = await run.Venue.CancelAsync(VenueRun.Command(action: OrderAction.Cancel), default);
        var stop = await run.Venue.CancelAsync(
            VenueRun.Command(OrderType.StopMarket, OrderAction.Cancel, "q1stop"), default);
        Assert.Equal((OrderStatus.Unknown, OrderStatus.Unknown), (plain.Status, stop.Status));
        Assert.Equal((1, 1), (run.Stub.Count(Cancel), run.Stub.Count(CancelConditional)));
    }

    [Theory]
    [InlineData(408, "")]
    [InlineData(400, """{"code":-987654,"msg":"new words"}""")]
    [InlineData(404, "")]
    public async Task A_doubtful_question_never_says_that_there_is_no_order(int status, string body)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Query, new StubAnswer(status, body));
        run.Stub.On(QueryConditional, new StubAnswer(status, body));
        foreach (var type in (OrderType[])[OrderType.Market, OrderType.StopMarket])
        {
            var told = await run.Venue.QueryAsync(VenueRun.Command(type, OrderAction.Query), default);
            Assert.Equal(OrderStatus.Unknown, told.Status);
        }
    }

    [Fact]
    public async Task A_caller_who_gives_up_leaves_it_unknown()
    {
        await using var run = await VenueRun.StartAsync();
        using var cancel = new CancellationTokenSource();
        run.Stub.On(Place, _ =>
        {
            cancel.Cancel();
            return new StubAnswer(StubAnswer.Silent, "");
        });
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), cancel.Token);
        Assert.Equal(OrderStatus.Unknown, told.Status);
        Assert.Equal(1, run.Stub.Count(Place));
    }

    [Theory]
    [InlineData(-1003, 429, "rate_limited", false, 7)]
    [InlineData(-1015, 429, "rate_limited", false, 7)]
    [InlineData(-1015, 400, "rate_limited", false, 7)]
    [InlineData(-1003, 418, "banned", true, 7)]
    [InlineData(-1003, 429, "rate_limited", false, 0)]
    public async Task A_refusal_for_the_rate_was_not_sent_and_the_budget_hears_it(
        int code, int status, string reason, bool isBan, int retryAfter)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(code, "too many", status) with
        {
            Headers = retryAfter > 0 ? [("Retry-After", "7")] : [],
        });
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.Rejected, reason), (told.Status, told.ReasonCode));
        Assert.Equal(1, run.Stub.Count(Place));
        var (wait, wasBan) = Assert.Single(run.Budget.Refusals);
        Assert.Equal(isBan, wasBan);
        Assert.InRange(wait.TotalSeconds, retryAfter > 0 ? 6 : 10, retryAfter > 0 ? 7 : 60);
    }

    [Fact]
    public async Task The_exchanges_own_overload_refuses_without_holding_up_what_reduces_risk()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(-1008, "throttled by system-level protection", 503));
        var told = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.Rejected, "rate_limited"), (told.Status, told.ReasonCode));
        Assert.Empty(run.Budget.Refusals);
        Assert.Equal(1, run.Stub.Count(Place));
    }

    [Fact]
    public async Task Not_served_is_definite()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Place, StubAnswer.Error(-1001, "Service Unavailable.", 503));
        var unavailable = await run.Venue.PlaceAsync(VenueRun.Command(), default);
        Assert.Equal((OrderStatus.Rejected, "venue_unavailable"), (unavailable.Status, unavailable.ReasonCode));
    }

    [Fact]
    public void A_ban_names_its_end()
    {
        Assert.Equal(1_700_000_000_123, BinanceAnswers.BanEnd("IP(1.2.3.4) banned until 1700000000123. Please use"));
        Assert.Null(BinanceAnswers.BanEnd("Too many requests"));
    }
}
