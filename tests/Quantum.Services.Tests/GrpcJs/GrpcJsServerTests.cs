using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Testing;
using Quantum.TradingBot;

namespace Quantum.Services.Tests.GrpcJs;

/// <summary>The trading bot's gateway understands a sizing agent that is not ours.</summary>
public sealed class GrpcJsServerTests
{
    private const int AboveTheCapBytes = 5_000_000; // Grpc.Net.Client takes messages up to 4 MiB.

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // 22 digits after the point: more than a double carries.
    private const string ExactSizeUsd = "1234.5000000000000000000001";

    private static readonly object s_reply = new
    {
        position_size_usd = ExactSizeUsd, leverage = 3, risk_fraction = 0.1 + 0.2, size_fraction = 0.75,
        state_key = "Bull|2", policy_name = "theirs", policy_version = "v9", reasoning = "größer – 100 %",
    };

    private static readonly SizingRequested s_request = new()
    {
        Symbol = Symbol.Parse("NEARUSDT"), Side = Side.Sell, SignalId = "sig-1", Confidence = 0.7,
        Price = 5.2500000000000000000001m,
        Ilf = new IlfContext
        {
            AtrValue = 0.01, VolatilityFactor = null, ExchangeDivergence = 0, FundingRate = -0.0001,
            Regime = Regime.Bull,
        },
        EquityUsd = 10_000, FreeMarginUsd = 9_000,
        GrossExposureFraction = 0, MaxPositionSizeUsd = 5_000, MaxLeverage = 5, RiskPerTradeFraction = 0.01,
        DeadlineMs = 1_765_000_005_000,
    };

    [NodeFact]
    public void Its_answer_is_understood_in_every_field()
    {
        using var agent = GrpcScripts.Start("server.js");
        agent.Tell(new { reply = s_reply });
        Assert.Equal(
            new SizingDecided
            {
                Symbol = s_request.Symbol, RequestId = "request-1", SignalId = "sig-1", Confidence = 0.7,
                Status = SizingStatus.Decided, PositionSizeUsd = 1234.5000000000000000000001m, Leverage = 3,
                RiskFraction = 0.1 + 0.2, SizeFraction = 0.75, StateKey = "Bull|2", PolicyName = "theirs",
                PolicyVersion = "v9", Reasoning = "größer – 100 %",
            },
            Assert.Single(Ask(agent, s_patience)));
    }

    [NodeFact]
    public void It_reads_what_the_bot_knows_and_that_the_rest_is_unknown()
    {
        using var agent = GrpcScripts.Start("server.js");
        agent.Tell(new { reply = s_reply });
        Ask(agent, s_patience);
        var request = agent.Hear("request").GetProperty("request");
        Assert.Equal("SIDE_SELL", request.GetProperty("side").GetString());
        Assert.Equal("5.2500000000000000000001", request.GetProperty("price").GetString());
        Assert.Equal("bull", request.GetProperty("regime").GetString());
        Assert.Equal(-0.0001, request.GetProperty("funding_rate").GetDouble());
        // A known 0 travels; what is unknown is absent.
        Assert.Equal(0, request.GetProperty("exchange_divergence").GetDouble());
        Assert.False(request.TryGetProperty("volatility_factor", out _));
    }

    [NodeFact]
    public void The_call_carries_the_trace_of_the_bot_and_its_deadline()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LogMeter.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        var traces = new ConcurrentBag<string>();
        listener.ActivityStarted = span => traces.Add(span.TraceId.ToHexString());
        ActivitySource.AddActivityListener(listener);
        using var agent = GrpcScripts.Start("server.js");
        agent.Tell(new { reply = s_reply });
        // What is sent while a trace is under way belongs to it, as a request of the bot belongs to its candle's.
        using var candle = new Activity("candle").Start();
        candle.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        Ask(agent, s_patience);
        var call = agent.Hear("request");
        var trace = call.GetProperty("metadata").GetProperty("traceparent").GetString()!;
        Assert.Equal(candle.TraceId.ToHexString(), trace.Split('-')[1]);
        Assert.Contains(trace.Split('-')[1], traces);
        Assert.InRange(call.GetProperty("remainingMs").GetDouble(), 1, s_patience.TotalMilliseconds);
    }

    [NodeFact]
    public void While_it_is_unavailable_nothing_is_sized_and_the_next_request_is()
    {
        using var agent = GrpcScripts.Start("server.js");
        agent.Tell(new { code = 14, details = "läuft an: 50 % – gleich" });
        agent.Tell(new { reply = s_reply });
        var answers = Ask(agent, s_patience, requests: 2);
        // One call a request: an old size is worth nothing, so the gateway does not ask again; the next signal does.
        Assert.Collection(answers,
            first => Assert.Equal((SizingStatus.Unavailable, null, "Unavailable: läuft an: 50 % – gleich"),
                (first.Status, first.PositionSizeUsd, first.Reasoning)),
            second => Assert.Equal((SizingStatus.Decided, "request-2"), (second.Status, second.RequestId)));
        agent.Hear("request");
        agent.Hear("request");
        Assert.False(agent.Told("request"));
    }

    [NodeFact]
    public void A_refusal_is_published_in_its_words()
    {
        using var agent = GrpcScripts.Start("server.js");
        agent.Tell(new { code = 3, details = "symbol is 'NÄR 100 % – ₿'" });
        var answer = Assert.Single(Ask(agent, s_patience));
        Assert.Equal((SizingStatus.Refused, "symbol is 'NÄR 100 % – ₿'"), (answer.Status, answer.Reasoning));
    }

    [NodeFact]
    public void When_it_never_answers_the_deadline_ends_the_call_on_both_sides()
    {
        using var agent = GrpcScripts.Start("server.js");
        agent.Tell(new { silent = true });
        var answer = Assert.Single(Ask(agent, TimeSpan.FromSeconds(2)));
        Assert.Equal((SizingStatus.Unavailable, null), (answer.Status, answer.PositionSizeUsd));
        Assert.StartsWith("DeadlineExceeded: ", answer.Reasoning);
        agent.Hear("cancelled");
        Assert.InRange(agent.Hear("request").GetProperty("remainingMs").GetDouble(), 1, 2_000);
    }

    [NodeFact]
    public void An_answer_above_the_cap_is_no_size()
    {
        using var agent = GrpcScripts.Start("server.js");
        var reasoning = new string('x', AboveTheCapBytes);
        agent.Tell(new { reply = new { position_size_usd = "1", leverage = 1, reasoning } });
        var answer = Assert.Single(Ask(agent, s_patience));
        Assert.Equal((SizingStatus.Unavailable, null), (answer.Status, answer.PositionSizeUsd));
        Assert.StartsWith("ResourceExhausted: ", answer.Reasoning);
    }

    private static IReadOnlyList<SizingDecided> Ask(NodeScript agent, TimeSpan timeout, int requests = 1)
    {
        var port = agent.Hear("port").GetProperty("port").GetInt32();
        using var channel = GrpcChannel.ForAddress(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        using var flow = new MemoryFlow(new SizingGateway(new Sizing.V1.Sizing.SizingClient(channel), timeout));
        for (var i = 1; i <= requests; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"request-{i}");
            flow.Send(StreamCatalog.SizingRequested, s_request, id);
            flow.WaitQuiet();
        }

        return flow.Of(StreamCatalog.SizingDecided);
    }
}
