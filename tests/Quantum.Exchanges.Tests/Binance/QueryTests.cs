using Quantum.Contracts.Units;
using Quantum.Exchanges.Budget;
using static Quantum.Exchanges.Tests.Binance.StubReplies;

namespace Quantum.Exchanges.Tests.Binance;

public sealed class QueryTests
{
    [Theory]
    [InlineData("NEW", "0", OrderStatus.Accepted)]
    [InlineData("PARTIALLY_FILLED", "0.001", OrderStatus.PartiallyFilled)]
    [InlineData("FILLED", "0.002", OrderStatus.Filled)]
    [InlineData("CANCELED", "0", OrderStatus.Canceled)]
    [InlineData("EXPIRED", "0", OrderStatus.Expired)]
    [InlineData("EXPIRED_IN_MATCH", "0", OrderStatus.Expired)]
    [InlineData("REJECTED", "0", OrderStatus.Rejected)]
    [InlineData("A_NEW_WORD", "0", OrderStatus.Unknown)]
    public async Task An_order_is_told_as_it_stands(string word, string filled, OrderStatus status)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Query, Order("q1abc", word, filled, filled == "0" ? "0" : "60000"));
        var told = await run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default);
        Assert.Equal((status, "q1abc"), (told.Status, told.ClientOrderId));
        Assert.Equal("q1abc", run.Stub.Last(Query)["origClientOrderId"]);
    }

    [Theory]
    [InlineData("1000000", "0.00001", "12.34500", "0.000012345")]
    [InlineData("0.001", "60000.12345", "60.00012", "60000.12345")]
    [InlineData("5", "60000.10000", "0", "60000.1")]
    [InlineData("5", "0", "300.5", "60.1")]
    [InlineData("5", "0", "0", null)]
    public async Task An_average_is_taken_from_what_the_exchange_rounded_least(
        string filled, string average, string quote, string? told)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Query, Order("q1abc", "FILLED", filled, average, quantity: filled, quote: quote));
        var answer = await run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default);
        Assert.Equal(
            told is null ? null : decimal.Parse(told, System.Globalization.CultureInfo.InvariantCulture),
            answer.AveragePrice);
    }

    [Fact]
    public async Task A_stop_does_not_exist_only_when_neither_kind_does()
    {
        await using var run = await VenueRun.StartAsync();
        var stop = VenueRun.Command(OrderType.StopMarket, OrderAction.Query);
        Assert.Equal(OrderStatus.NotFound, (await run.Venue.QueryAsync(stop, default)).Status);
        Assert.Equal((1, 1), (run.Stub.Count(QueryConditional), run.Stub.Count(Query)));
        run.Stub.On(QueryConditional, StubAnswer.Error(-1007, "unknown", 408));
        Assert.Equal(OrderStatus.Unknown, (await run.Venue.QueryAsync(stop, default)).Status);
        run.Stub.On(QueryConditional, StubAnswer.Error(-2013));
        run.Stub.On(Query, StubAnswer.Error(-1007, "unknown", 408));
        Assert.Equal(OrderStatus.Unknown, (await run.Venue.QueryAsync(stop, default)).Status);
        run.Stub.On(Query, Order("q1abc", "FILLED", "0.002", "59000"));
        Assert.Equal(OrderStatus.Filled, (await run.Venue.QueryAsync(stop, default)).Status);
    }

    [Theory]
    [InlineData("NEW", OrderStatus.Accepted)]
    [InlineData("TRIGGERING", OrderStatus.Accepted)]
    [InlineData("CANCELED", OrderStatus.Canceled)]
    [InlineData("EXPIRED", OrderStatus.Expired)]
    [InlineData("REJECTED", OrderStatus.Rejected)]
    [InlineData("A_NEW_WORD", OrderStatus.Unknown)]
    public async Task A_stop_is_told_as_it_stands(string word, OrderStatus status)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(QueryConditional, Conditional("q1abc", word));
        var told = await run.Venue.QueryAsync(VenueRun.Command(OrderType.StopMarket, OrderAction.Query), default);
        Assert.True(status == told.Status, $"{told.Status}: {told.ReasonCode} {told.Reason}");
        Assert.Equal(RequestUrgency.Exit, run.Budget.Taken.First().Urgency);
    }

    [Theory]
    [InlineData("TRIGGERED")]
    [InlineData("FINISHED")]
    public async Task A_triggered_stop_is_followed_to_its_order(string word)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(QueryConditional, Conditional("q1abc", word, "4711"));
        run.Stub.On(Query, request => request["orderId"] == "4711"
            ? StubAnswer.Ok(Order("venue-made", "PARTIALLY_FILLED", "0.001", "58990", 4711))
            : StubAnswer.Error(-2013));
        var stop = VenueRun.Command(OrderType.StopMarket, OrderAction.Query);
        var told = await run.Venue.QueryAsync(stop, default);
        Assert.Equal((OrderStatus.PartiallyFilled, "q1abc", "4711"),
            (told.Status, told.ClientOrderId, told.VenueOrderId));
        Assert.Equal((0.001m, 58_990m), (told.CumulativeQuantity, told.AveragePrice));
        run.Stub.On(Query, StubAnswer.Error(-2013));
        Assert.Equal(OrderStatus.Unknown, (await run.Venue.QueryAsync(stop, default)).Status);
    }

    [Fact]
    public async Task That_a_doubtful_order_is_not_there_is_told_at_once()
    {
        // Whether it can still arrive is the lane's to judge: a stop must not wait here until that is over.
        await using var run = await VenueRun.StartAsync(settings => settings with { ReceiveWindowMs = 60_000 });
        run.Stub.On(Place, StubAnswer.Error(-1007, "unknown", 408));
        Assert.Equal(OrderStatus.Unknown, (await run.Venue.PlaceAsync(VenueRun.Command(), default)).Status);
        run.Stub.On(Query, StubAnswer.Error(-2013));
        var asked = run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default).AsTask();
        Assert.Equal(OrderStatus.NotFound, (await asked.WaitAsync(TimeSpan.FromSeconds(30))).Status);
        Assert.Equal((1, 1), (run.Stub.Count(Query), run.Stub.Count(Place)));
    }

    [Fact]
    public async Task What_became_of_an_entry_is_asked_before_all_other_questions()
    {
        // It may be a position without its stop.
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Query, StubAnswer.Error(-2013));
        await run.Venue.QueryAsync(VenueRun.Command(action: OrderAction.Query), default);
        Assert.Equal(RequestUrgency.Exit, Assert.Single(run.Budget.Taken).Urgency);
    }

    [Fact]
    public async Task A_cancel_tells_what_was_filled_before()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Cancel, Order("q1abc", "CANCELED", "0.001", "60000"));
        var told = await run.Venue.CancelAsync(VenueRun.Command(OrderType.Limit, OrderAction.Cancel), default);
        Assert.Equal((OrderStatus.Canceled, 0.001m), (told.Status, told.CumulativeQuantity));
        Assert.Equal("q1abc", run.Stub.Last(Cancel)["origClientOrderId"]);
        Assert.Equal(RequestUrgency.Exit, Assert.Single(run.Budget.Taken).Urgency);
    }

    [Fact]
    public async Task A_stop_is_taken_back_at_its_own_endpoint()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(CancelConditional, """{"algoId":88,"clientAlgoId":"q1abc","code":"200","msg":"success"}""");
        var told = await run.Venue.CancelAsync(VenueRun.Command(OrderType.StopMarket, OrderAction.Cancel), default);
        Assert.Equal((OrderStatus.Canceled, "canceled"), (told.Status, told.ReasonCode));
        Assert.Equal((0, 1), (run.Stub.Count(Cancel), run.Stub.Count(CancelConditional)));
    }

    [Fact]
    public async Task What_is_gone_is_told_as_it_ended()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Query, Order("q1abc", "FILLED", "0.002", "60000"));
        var plain = VenueRun.Command(OrderType.Limit, OrderAction.Cancel);
        Assert.Equal(OrderStatus.Filled, (await run.Venue.CancelAsync(plain, default)).Status);
        run.Stub.On(Query, StubAnswer.Error(-2013));
        Assert.Equal(OrderStatus.NotFound, (await run.Venue.CancelAsync(plain, default)).Status);
        run.Stub.On(Query, StubAnswer.Error(-1001, "unknown", 503));
        Assert.Equal(OrderStatus.Unknown, (await run.Venue.CancelAsync(plain, default)).Status);
    }

    [Fact]
    public async Task A_stop_that_was_triggered_meanwhile_is_taken_back_as_the_order_it_is()
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(QueryConditional, Conditional("q1abc", "TRIGGERED", "4711"));
        run.Stub.On(Query, Order("venue-made", "NEW", "0", "0", 4711));
        run.Stub.On(Cancel, request => request["orderId"] == "4711"
            ? StubAnswer.Ok(Order("venue-made", "CANCELED", "0", "0", 4711))
            : StubAnswer.Error(-2011));
        var told = await run.Venue.CancelAsync(VenueRun.Command(OrderType.StopMarket, OrderAction.Cancel), default);
        Assert.Equal((OrderStatus.Canceled, "q1abc"), (told.Status, told.ClientOrderId));
    }

    [Theory]
    [InlineData(-1007, 408)]
    [InlineData(-1003, 429)]
    [InlineData(-1021, 400)]
    public async Task A_cancel_that_fails_says_nothing_of_the_order(int code, int status)
    {
        await using var run = await VenueRun.StartAsync();
        run.Stub.On(Cancel, StubAnswer.Error(code, "no", status));
        var told = await run.Venue.CancelAsync(VenueRun.Command(OrderType.Limit, OrderAction.Cancel), default);
        Assert.Equal(OrderStatus.Unknown, told.Status);
        Assert.Equal(1, run.Stub.Count(Cancel));
    }
}
