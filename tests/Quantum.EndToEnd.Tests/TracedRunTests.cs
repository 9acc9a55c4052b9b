using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>What the services told a collector about the recorded run.</summary>
[Collection(UndisturbedRun.Name)]
public sealed class TracedRunTests(UndisturbedRun undisturbed, ITestOutputHelper output)
{
    private const int FewestServices = 6;

    /// <summary>From the candle to the books; the sizing agent is asked over gRPC.</summary>
    private static readonly string[] s_entry =
    [
        "send market.klines", "process market.klines", "process ai.signal_generated", "process sizing.requested",
        "process sizing.decided", "process trade.intent", "process order.command", "process execution.result",
    ];

    [Fact]
    public void A_candle_that_led_to_an_order_is_one_trace_over_the_services()
    {
        var ordered = Ours.Where(trace => trace.Any(span => span.Name == "process order.command")).ToList();
        output.WriteLine($"{ordered.Count} of {Ours.Count} traces hold an order");
        Assert.NotEmpty(ordered);
        Assert.All(ordered, trace =>
        {
            Assert.Empty(s_entry.Except(trace.Select(span => span.Name)));
            var services = trace.Select(span => span.Service).Distinct().Order().ToList();
            Assert.True(services.Count >= FewestServices, string.Join(", ", services));
            Assert.Contains("sizing", services);
        });
        output.WriteLine(string.Join("\n", ordered[0].Select(span => $"{span.Service,-12} {span.Name}")));
    }

    [Fact]
    public async Task A_closed_trade_is_in_the_trace_of_its_candle()
    {
        var closed = (await undisturbed.Run.Redis.ReadAsync(StreamCatalog.TradeClosed))
            .Select(entry => entry["traceparent"].ToString()).Where(text => text.Length > 0).ToList();
        Assert.NotEmpty(closed);
        Assert.All(closed, text =>
        {
            var trace = undisturbed.Traces[text.Split('-')[1]].ToList();
            Assert.Single(trace, span => span.Name == "send market.klines");
            Assert.Contains(trace, span => span is { Name: "process trade.closed", Service: "learning" });
        });
    }

    [Fact]
    public void Every_trace_has_one_beginning_and_no_span_without_its_parent()
    {
        Assert.All(Ours, trace =>
        {
            var known = trace.Select(span => span.SpanId).ToHashSet();
            Assert.Equal("send market.klines", Assert.Single(trace, span => span.ParentId.Length == 0).Name);
            // Between a call and its HTTP request stands the gRPC client's own span, which is its package's to tell.
            Assert.All(trace.Where(span => span.ParentId.Length > 0 && span.Source != "System.Net.Http"),
                span => Assert.True(known.Contains(span.ParentId), $"{span.Service}: {span.Name}"));
        });
    }

    [Fact]
    public async Task Traces_are_those_candles_that_the_ratio_takes()
    {
        var candles = await undisturbed.Run.Redis.ReadAsync(StreamCatalog.MarketKlines);
        var taken = candles.Select(entry => entry["traceparent"].ToString()).Where(text => text.Length > 0)
            .Select(text => text.Split('-')[1]).Order().ToList();
        Assert.Equal(taken, Ours.Select(trace => trace.Key).Order());
        Assert.InRange(
            taken.Count / (double)candles.Count, UndisturbedRun.TracedShare - 0.1, UndisturbedRun.TracedShare + 0.1);
    }

    /// <summary>The traces of the log; a request from outside is another matter.</summary>
    private List<IGrouping<string, ToldSpan>> Ours =>
        [.. undisturbed.Traces.Where(trace => trace.Any(span => span.Source == "Quantum.EventLog"))];
}
