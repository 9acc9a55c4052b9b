using System.Net;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>When a request is too old or from the future.</summary>
public sealed class TimeRuleTests
{
    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(999, null, 0)]
    [InlineData(1_000, null, -1021)]
    [InlineData(-5_000, null, 0)]
    [InlineData(-5_001, null, -1021)]
    [InlineData(-10_000, "10000", 0)]
    [InlineData(-10_001, "10000", -1021)]
    [InlineData(-60_000, "60000", 0)]
    [InlineData(0, "60001", -1131)]
    [InlineData(0, "x", -1102)]
    public async Task A_request_is_taken_inside_its_window_alone(long offsetMs, string? window, int code)
    {
        await using var run = await AccountRun.StartAsync();
        var query = $"timestamp={run.Time.Ms + offsetMs}" + (window is null ? "" : $"&recvWindow={window}");
        var reply = await run.Client.SendRawAsync(
            HttpMethod.Get, "/fapi/v1/openOrders", $"{query}&signature={run.Client.Sign(query)}");
        Assert.Equal(code, reply.Code);
        Assert.Equal(code == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, reply.Status);
    }
}
