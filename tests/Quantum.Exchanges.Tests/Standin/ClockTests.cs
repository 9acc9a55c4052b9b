namespace Quantum.Exchanges.Tests.Standin;

/// <summary>How signed requests are dated.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_time_is_asked_twice_before_the_first_signed_call_and_the_call_is_dated_a_second_back()
    {
        await using var venue = await Venue.StartAsync();
        using var client = venue.RestClient();
        var before = DateTime.UtcNow;
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.Equal(
            ["/fapi/v1/time", "/fapi/v1/time", "/fapi/v3/balance", "/fapi/v3/balance"],
            venue.Requests.Select(seen => seen.Path));
        Assert.InRange(
            venue.Calls[0].Timestamp, before - 2 * s_second, DateTime.UtcNow - s_second);
    }

    [Fact]
    public async Task Who_has_asked_something_before_asks_the_time_once()
    {
        await using var venue = await Venue.StartAsync();
        using var client = venue.RestClient();
        await client.UsdFuturesApi.ExchangeData.PingAsync();
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.Equal(
            ["/fapi/v1/ping", "/fapi/v1/time", "/fapi/v3/balance"], venue.Requests.Select(seen => seen.Path));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task A_clock_that_is_off_is_made_up_for(int seconds)
    {
        await using var venue = await Venue.StartAsync();
        venue.Ahead = TimeSpan.FromSeconds(seconds);
        using var client = venue.RestClient();
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        var there = DateTime.UtcNow + venue.Ahead;
        Assert.InRange(venue.Calls[0].Timestamp, there - 6 * s_second, there);
    }

    [Fact]
    public async Task A_call_that_came_too_late_is_not_repeated_but_the_next_one_measures_first()
    {
        await using var venue = await Venue.StartAsync();
        using var client = venue.RestClient();
        venue.Answers = _ => Answer.Refused(400, -1021, "late");
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        venue.Ahead = TimeSpan.FromSeconds(90);
        venue.Answers = _ => "[]";
        var result = await client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.True(result.Success);
        Assert.Equal(2, venue.Calls.Count);
        Assert.Equal("/fapi/v1/time", venue.Requests[^2].Path);
        Assert.True(venue.Calls[1].Timestamp > DateTime.UtcNow.AddSeconds(60));
    }

    [Fact]
    public async Task Who_wants_no_clock_is_dated_by_the_machines()
    {
        await using var venue = await Venue.StartAsync();
        venue.Ahead = TimeSpan.FromSeconds(90);
        using var client = venue.RestClient(options => options.AutoTimestamp = false);
        await client.UsdFuturesApi.Account.GetBalancesAsync();
        Assert.True(Assert.Single(venue.Requests).Timestamp < DateTime.UtcNow);
    }
}
