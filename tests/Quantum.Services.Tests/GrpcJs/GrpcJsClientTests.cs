using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Quantum.Sizing.V1;
using Quantum.Testing;

namespace Quantum.Services.Tests.GrpcJs;

/// <summary>Our sizing service answers a gRPC client that is not ours as it answers the trading bot's.</summary>
public sealed class GrpcJsClientTests(SizingHost host) : IClassFixture<SizingHost>
{
    private const int AboveTheCapBytes = 5_000_000; // Grpc.AspNetCore takes messages up to 4 MiB.

    private static readonly JsonFormatter s_asSent =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private static readonly JsonFormatter s_asRead =
        new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    [NodeFact]
    public async Task Both_clients_read_the_same_size_in_every_field()
    {
        var everything = Request();
        var unknown = Request();
        unknown.ClearVolatilityFactor();
        unknown.ClearExchangeDivergence();
        unknown.ClearFundingRate();
        unknown.Side = Side.Sell;
        foreach (var request in (DecideRequest[])[everything, unknown])
        {
            var ours = Json(s_asRead, await host.Client.DecideAsync(request));
            var theirs = Call(request);
            Assert.Equal(StatusCode.OK, CodeOf(theirs));
            var reply = theirs.GetProperty("reply");
            Assert.True(JsonElement.DeepEquals(ours, reply), $"ours: {ours}\ntheirs: {reply}");
        }
    }

    [NodeFact]
    public async Task A_refusal_has_the_same_code_and_words_for_both_clients_in_any_script()
    {
        var request = Request();
        request.Symbol = "NÄR 100 % – ₿";
        var ours = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.DecideAsync(request));
        var theirs = Call(request);
        Assert.Equal(StatusCode.InvalidArgument, CodeOf(theirs));
        Assert.Equal("symbol is 'NÄR 100 % – ₿': it must be a symbol such as BTCUSDT.", DetailsOf(theirs));
        Assert.Equal((ours.StatusCode, ours.Status.Detail), (CodeOf(theirs), DetailsOf(theirs)));
    }

    [NodeFact]
    public void A_size_that_is_not_possible_is_a_failed_precondition()
    {
        var request = Request();
        request.FreeMarginUsd = "0";
        var answer = Call(request);
        Assert.Equal(StatusCode.FailedPrecondition, CodeOf(answer));
        Assert.StartsWith("no size: free_margin_usd 0", DetailsOf(answer));
    }

    [NodeFact]
    public void A_message_above_the_cap_is_refused_and_the_connection_goes_on()
    {
        using var client = GrpcScripts.Start("client.js", host.Target);
        var request = Request();
        request.Regime = new string('x', AboveTheCapBytes);
        Assert.Equal(StatusCode.ResourceExhausted, CodeOf(Call(client, request)));
        Assert.Equal(StatusCode.OK, CodeOf(Call(client, Request())));
    }

    [NodeFact]
    public void A_trace_that_the_caller_began_goes_on_in_the_service()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var client = GrpcScripts.Start("client.js", host.Target);
        var answer = Call(client, Request(), new { traceparent = $"00-{Trace}-00f067aa0ba902b7-01" });
        Assert.Equal(StatusCode.OK, CodeOf(answer));
        Eventually.True(() => host.Log.Contains($"TraceId:{Trace}, ParentId:00f067aa0ba902b7"));
    }

    [NodeFact]
    public async Task A_deadline_reaches_the_server_and_ends_the_call_on_both_sides()
    {
        var calls = new ConcurrentQueue<SilentCall>();
        await using var agent = await AgentServer.StartSilentAsync(calls);
        using var client = GrpcScripts.Start("client.js", agent.Target);
        var asked = DateTime.UtcNow;
        var answer = Call(client, Request(), deadlineMs: 2_000);
        Assert.Equal(StatusCode.DeadlineExceeded, CodeOf(answer));
        var call = Assert.Single(calls);
        // A margin for what the two clocks round and for the way; without a deadline this is the end of time.
        Assert.InRange(call.DeadlineUtc - asked, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(30));
        Eventually.True(() => call.GivenUp.IsCancellationRequested);
    }

    [NodeFact]
    public async Task A_call_that_is_cancelled_ends_on_both_sides()
    {
        var calls = new ConcurrentQueue<SilentCall>();
        await using var agent = await AgentServer.StartSilentAsync(calls);
        using var client = GrpcScripts.Start("client.js", agent.Target);
        client.Tell(new { id = 1, request = Json(s_asSent, Request()) });
        Eventually.True(() => !calls.IsEmpty);
        Assert.False(Assert.Single(calls).GivenUp.IsCancellationRequested);
        client.Tell(new { cancel = 1 });
        Assert.Equal(StatusCode.Cancelled, CodeOf(client.Hear("id")));
        Eventually.True(() => Assert.Single(calls).GivenUp.IsCancellationRequested);
    }

    private JsonElement Call(DecideRequest request)
    {
        using var client = GrpcScripts.Start("client.js", host.Target);
        return Call(client, request);
    }

    private static JsonElement Call(
        NodeScript client, DecideRequest request, object? metadata = null, int deadlineMs = 30_000)
    {
        client.Tell(new { id = 1, request = Json(s_asSent, request), metadata = metadata ?? new { }, deadlineMs });
        return client.Hear("id");
    }

    private static JsonElement Json(JsonFormatter formatter, IMessage message)
    {
        using var text = JsonDocument.Parse(formatter.Format(message));
        return text.RootElement.Clone();
    }

    private static StatusCode CodeOf(JsonElement answer) => (StatusCode)answer.GetProperty("code").GetInt32();

    private static string DetailsOf(JsonElement answer) => answer.GetProperty("details").GetString()!;

    // Decimals that a double would not carry.
    private static DecideRequest Request() => new()
    {
        Symbol = "NEARUSDT", Side = Side.Buy, Confidence = 0.7, Price = "5.2500000000000000000001", AtrValue = 0.01,
        VolatilityFactor = 0.55, ExchangeDivergence = 0.0004, FundingRate = -0.0001, Regime = "bull",
        EquityUsd = "10000.00000000000000001", FreeMarginUsd = "9000", GrossExposureFraction = 0.1,
        MaxPositionSizeUsd = "5000.0000000000000000000003", MaxLeverage = 5, RiskPerTradeFraction = 0.01,
    };
}
