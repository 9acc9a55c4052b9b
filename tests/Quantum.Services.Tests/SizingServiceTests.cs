using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Wire;
using Quantum.Roles.Sizing;
using Quantum.Sizing.V1;
using Quantum.Testing;

namespace Quantum.Services.Tests;

public sealed class SizingServiceTests : IAsyncLifetime
{
    private readonly SizingPolicyRole _policies = new();
    private AgentServer _agent = null!;

    public async Task InitializeAsync() => _agent = await AgentServer.StartAsync(_policies);

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    public async Task A_request_in_range_is_decided_within_its_limits_and_names_its_policy()
    {
        var reply = await _agent.Client.DecideAsync(Request());
        var size = decimal.Parse(reply.PositionSizeUsd, CultureInfo.InvariantCulture);
        Assert.InRange(size, 0.01m, 5_000m);
        Assert.InRange(reply.Leverage, 1, 5);
        // Bull, confidence 0.7: the prior's share of equity * risk / (2 ATR), cut by the request's limit.
        Assert.Equal(Math.Min(5_000m, 10_000m * 0.01m / 0.02m * (decimal)reply.SizeFraction), size);
        Assert.Equal(("sizing", "prior-1"), (reply.PolicyName, reply.PolicyVersion));
        Assert.StartsWith("Bull|", reply.StateKey);
        Assert.NotEmpty(reply.Reasoning);
    }

    public static TheoryData<string, Action<DecideRequest>> Faults { get; } = new()
    {
        { "symbol", r => r.Symbol = "near usdt" },
        { "side", r => r.Side = Side.Unspecified },
        { "side", r => r.Side = (Side)7 },
        { "regime", r => r.Regime = "sideways" },
        { "confidence", r => r.Confidence = 1.01 },
        { "confidence", r => r.Confidence = double.NaN },
        { "price", r => r.Price = "" },
        { "price", r => r.Price = "0" },
        { "price", r => r.Price = "1,5" },
        { "atr_value", r => r.ClearAtrValue() },
        { "atr_value", r => r.AtrValue = 0 },
        { "volatility_factor", r => r.VolatilityFactor = -0.1 },
        { "exchange_divergence", r => r.ExchangeDivergence = 1.1 },
        { "funding_rate", r => r.FundingRate = 0.06 },
        { "equity_usd", r => r.EquityUsd = "-1" },
        { "equity_usd", r => r.EquityUsd = "79228162514264337593543950335" },
        { "free_margin_usd", r => r.FreeMarginUsd = "-0.01" },
        { "gross_exposure_fraction", r => r.GrossExposureFraction = double.PositiveInfinity },
        { "max_position_size_usd", r => r.MaxPositionSizeUsd = "0" },
        { "max_position_size_usd", r => r.MaxPositionSizeUsd = "all" },
        { "max_leverage", r => r.MaxLeverage = 0 },
        { "max_leverage", r => r.MaxLeverage = 126 },
        { "risk_per_trade_fraction", r => r.RiskPerTradeFraction = 0.11 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_out_of_range_is_an_invalid_argument_that_names_the_field(
        string field, Action<DecideRequest> spoil)
    {
        var request = Request();
        spoil(request);
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await _agent.Client.DecideAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.StartsWith(field + " is ", fault.Status.Detail);
    }

    [Fact]
    public async Task Without_free_margin_the_precondition_fails_with_the_reason()
    {
        var request = Request();
        request.FreeMarginUsd = "0";
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await _agent.Client.DecideAsync(request));
        Assert.Equal(StatusCode.FailedPrecondition, fault.StatusCode);
        Assert.Contains("free_margin_usd 0", fault.Status.Detail);
    }

    [Fact]
    public async Task A_completed_training_sizes_the_next_call_without_a_restart()
    {
        var before = await _agent.Client.DecideAsync(Request());
        using var flow = new MemoryFlow(_policies);
        var learnt = SizingPolicy.Prior with
        {
            Version = "v2", Table = new(StringComparer.Ordinal) { [before.StateKey] = 0.1 },
        };
        flow.Send(StreamCatalog.TrainingCompleted, new TrainingCompleted
        {
            RunId = "run-1", PolicyName = learnt.Name, Success = true, PolicyVersion = "v2", Episodes = 40,
            Artifact = JsonSerializer.Serialize(learnt, WireJson.Options),
        }, "training-1");
        Eventually.True(() => _policies.Current.Version == "v2");
        var after = await _agent.Client.DecideAsync(Request());
        Assert.Equal(("v2", 0.1), (after.PolicyVersion, after.SizeFraction));
        Assert.NotEqual(before.PositionSizeUsd, after.PositionSizeUsd);
    }

    private static DecideRequest Request() => new()
    {
        Symbol = "NEARUSDT", Side = Side.Buy, Confidence = 0.7, Price = "5.25", AtrValue = 0.01,
        VolatilityFactor = 0.55, ExchangeDivergence = 0.0004, FundingRate = 0.0001, Regime = "bull",
        EquityUsd = "10000", FreeMarginUsd = "9000", GrossExposureFraction = 0.1, MaxPositionSizeUsd = "5000",
        MaxLeverage = 5, RiskPerTradeFraction = 0.01,
    };
}
