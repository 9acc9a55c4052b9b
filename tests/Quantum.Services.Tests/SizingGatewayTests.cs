using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Sizing;
using Quantum.Testing;
using Quantum.TradingBot;

namespace Quantum.Services.Tests;

public sealed class SizingGatewayTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    internal static readonly SizingRequested Request = new()
    {
        Symbol = Symbol.Parse("NEARUSDT"), Side = Side.Buy, SignalId = "sig-1", Confidence = 0.7, Price = 5.25m,
        Ilf = new IlfContext
        {
            AtrValue = 0.01, VolatilityFactor = 0.55, ExchangeDivergence = 0.0004, FundingRate = 0.0001,
            Regime = Regime.Bull,
        },
        EquityUsd = 10_000, FreeMarginUsd = 9_000, GrossExposureFraction = 0.1,
        MaxPositionSizeUsd = 5_000, MaxLeverage = 5, RiskPerTradeFraction = 0.01, DeadlineMs = 1_765_000_005_000,
    };

    [Fact]
    public async Task The_agents_size_is_published_with_its_policy()
    {
        await using var agent = await AgentServer.StartAsync(new SizingPolicyRole());
        var answer = Ask(agent.Client, Request, s_patience);
        Assert.Equal((SizingStatus.Decided, "request-1", "sig-1", 0.7),
            (answer.Status, answer.RequestId, answer.SignalId, answer.Confidence));
        Assert.InRange(answer.PositionSizeUsd!.Value, 0.01m, 5_000m);
        Assert.InRange(answer.Leverage!.Value, 1, 5);
        Assert.Equal(("sizing", "prior-1"), (answer.PolicyName, answer.PolicyVersion));
        Assert.NotNull(answer.StateKey);
    }

    [Fact]
    public async Task The_rehearsal_asks_for_what_is_not_refused_and_ends()
    {
        await using var agent = await AgentServer.StartAsync(new SizingPolicyRole());
        Assert.True(decimal.Parse(
            (await agent.Client.DecideAsync(SizingRehearsal.Question())).PositionSizeUsd,
            CultureInfo.InvariantCulture) > 0);
        using var rehearsal = new SizingRehearsal(agent.Client, TimeProvider.System);
        await rehearsal.StartAsync(CancellationToken.None);
        await rehearsal.ExecuteTask!.WaitAsync(s_patience);
    }

    [Fact]
    public async Task A_sell_and_what_is_unknown_reach_the_agent_as_such()
    {
        await using var agent = await AgentServer.StartAsync(new SizingPolicyRole());
        var answer = Ask(agent.Client, Request with
        {
            Side = Side.Sell, Ilf = IlfContext.Unknown with { AtrValue = 0.01, Regime = Regime.Bull },
        }, s_patience);
        Assert.Equal(SizingStatus.Decided, answer.Status);
        var refused = Ask(agent.Client, Request with { Ilf = Request.Ilf with { AtrValue = null } }, s_patience);
        Assert.Equal(SizingStatus.Refused, refused.Status);
        Assert.Contains("atr_value is unknown", refused.Reasoning);
    }

    [Theory]
    [InlineData(500, 9_000, "max_leverage is 500")]
    [InlineData(5, 0, "no size: free_margin_usd 0")]
    public async Task A_refusal_is_published_in_the_agents_words_without_a_size(
        int maxLeverage, int freeMarginUsd, string words)
    {
        await using var agent = await AgentServer.StartAsync(new SizingPolicyRole());
        var answer = Ask(
            agent.Client, Request with { MaxLeverage = maxLeverage, FreeMarginUsd = freeMarginUsd }, s_patience);
        Assert.Equal((SizingStatus.Refused, null, null),
            (answer.Status, answer.PositionSizeUsd, answer.Leverage));
        Assert.StartsWith(words, answer.Reasoning);
    }

    [Fact]
    public void An_agent_that_is_down_is_unavailable_and_no_size_is_invented()
    {
        using var channel = GrpcChannel.ForAddress(
            FormattableString.Invariant($"http://127.0.0.1:{RedisServer.FreePort()}"));
        var answer = Ask(new Sizing.V1.Sizing.SizingClient(channel), Request, s_patience);
        Assert.Equal((SizingStatus.Unavailable, null), (answer.Status, answer.PositionSizeUsd));
        Assert.StartsWith("Unavailable: ", answer.Reasoning);
    }

    [Fact]
    public async Task An_agent_that_does_not_answer_in_time_is_unavailable()
    {
        await using var agent = await AgentServer.StartSilentAsync();
        var clock = Stopwatch.StartNew();
        var answer = Ask(agent.Client, Request, TimeSpan.FromMilliseconds(200));
        Assert.Equal((SizingStatus.Unavailable, null), (answer.Status, answer.PositionSizeUsd));
        Assert.StartsWith("DeadlineExceeded: ", answer.Reasoning);
        Assert.InRange(clock.Elapsed.TotalMilliseconds, 190, 20_000);
    }

    [Fact]
    public async Task An_answer_that_is_no_size_is_unavailable_and_says_what_came()
    {
        await using var agent = await AgentServer.StartRavingAsync();
        var answer = Ask(agent.Client, Request, s_patience);
        Assert.Equal((SizingStatus.Unavailable, null), (answer.Status, answer.PositionSizeUsd));
        Assert.Contains("'much'", answer.Reasoning);
    }

    private static SizingDecided Ask(Sizing.V1.Sizing.SizingClient agent, SizingRequested request, TimeSpan timeout)
    {
        using var flow = new MemoryFlow(new SizingGateway(agent, timeout));
        flow.Send(StreamCatalog.SizingRequested, request, "request-1");
        flow.WaitQuiet();
        return Assert.Single(flow.Of(StreamCatalog.SizingDecided));
    }
}
