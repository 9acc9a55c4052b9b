using System.Diagnostics;

namespace Quantum.EventLog.Tests.Tracing;

[Collection(AloneGroup.Name)]
public sealed class TraceTests
{
    private static readonly string[] s_chain =
    [
        "send trace.start", "process trace.start", "commit test_opener", "process trace.asked", "commit test_asker",
        "process trace.answered", "commit test_opener", "process trace.tick", "commit test_opener",
        "process trace.ended", "commit test_closer",
    ];

    [Fact]
    public void A_chain_is_one_trace_over_calls_and_waits_and_no_span_misses_its_parent()
    {
        using var recorder = new SpanRecorder();
        using var chain = new TracedChain();
        var traces = Play(chain, "first");
        chain.Stop();

        Assert.Single(traces.Select(TraceOf).Distinct());
        var spans = recorder.Spans.Where(span => span.TraceId.ToHexString() == TraceOf(traces[0])).ToList();
        Assert.Equal(s_chain.Order(), spans.Select(span => span.OperationName).Order());
        var known = spans.ToDictionary(span => span.SpanId.ToHexString());
        Assert.Equal("send trace.start", Assert.Single(spans, span => span.ParentSpanId == default).OperationName);
        Assert.All(
            spans.Where(span => span.ParentSpanId != default),
            span => Assert.True(known.ContainsKey(span.ParentSpanId.ToHexString()), span.OperationName));
        Assert.Equal(known.Values.Single(span => span.OperationName == "process trace.asked").Id, chain.Calls.Single());
        // A tick that leads to nothing is no span, and nothing else began a trace.
        Assert.Single(recorder.Spans.Select(span => span.TraceId).Distinct());
    }

    [Fact]
    public void Spans_carry_the_names_of_the_messaging_conventions()
    {
        using var recorder = new SpanRecorder();
        using var chain = new TracedChain();
        Play(chain, "named");
        chain.Stop();

        var span = recorder.Spans.Single(span => span.OperationName == "process trace.asked");
        Assert.Equal(ActivityKind.Consumer, span.Kind);
        Assert.Equal("redis", span.GetTagItem("messaging.system"));
        Assert.Equal("process", span.GetTagItem("messaging.operation.name"));
        Assert.Equal("process", span.GetTagItem("messaging.operation.type"));
        Assert.Equal("trace.asked", span.GetTagItem("messaging.destination.name"));
        Assert.Equal("quantum:group:test_asker:trace.asked", span.GetTagItem("messaging.consumer.group.name"));
        Assert.Equal("named.test_opener.1", span.GetTagItem("messaging.message.id"));
        Assert.Equal("named", span.GetTagItem("messaging.message.conversation_id"));
        Assert.Equal("SYMAUSDT", span.GetTagItem("quantum.symbol"));
        Assert.Equal(ActivityKind.Producer, recorder.Spans.Single(s => s.OperationName == "send trace.start").Kind);
    }

    [Fact]
    public void A_batch_links_the_traces_of_its_inputs()
    {
        using var recorder = new SpanRecorder();
        using var chain = new TracedChain();
        for (var number = 1; number <= 40; number++) chain.Start($"b{number}", number);
        chain.Await(TracedChain.Answered, 40);
        chain.Stop();

        var commits = recorder.Spans.Where(span => span.OperationName.StartsWith("commit", StringComparison.Ordinal));
        Assert.All(commits, commit =>
        {
            var inputs = (int)commit.GetTagItem("messaging.batch.message_count")!;
            Assert.Equal(inputs - 1, commit.Links.Count());
            Assert.DoesNotContain(commit.Links, link => link.Context.TraceId == commit.TraceId);
        });
        Assert.Equal(40, recorder.Spans.Count(span => span.OperationName == "process trace.start"));
        Assert.Equal(40, recorder.Spans.Where(s => s.OperationName == "process trace.start")
            .Select(s => s.TraceId).Distinct().Count());
    }

    [Fact]
    public void The_same_events_carry_the_same_bytes_in_every_run()
    {
        using var recorder = new SpanRecorder();
        using var first = new TracedChain();
        using var second = new TracedChain();
        Assert.Equal(Play(first, "again"), Play(second, "again"));
    }

    [Fact]
    public void What_the_sampler_leaves_out_is_in_no_entry_and_no_span()
    {
        using var recorder = new SpanRecorder(trace => Convert.ToInt32(trace.ToHexString()[^1..], 16) < 8);
        using var chain = new TracedChain();
        for (var number = 1; number <= 64; number++) chain.Start($"s{number}", number);
        chain.AwaitAnswers(64);
        for (var number = 1; number <= 64; number++) chain.Tick(number);
        var ended = chain.Await(TracedChain.Ended, 64);
        var started = chain.Await(TracedChain.Starts, 64);
        chain.Await(TracedChain.Closed, 64);
        chain.Stop();

        var sampled = started.Where(text => text.Length > 0).Select(TraceOf).ToHashSet();
        Assert.InRange(sampled.Count, 16, 48);
        // The end of a chain is decided on long after its start, by the same word.
        Assert.Equal(sampled, ended.Where(text => text.Length > 0).Select(TraceOf).ToHashSet());
        Assert.Equal(sampled, recorder.Spans.Select(span => span.TraceId.ToHexString()).ToHashSet());
    }

    [Fact]
    public void History_that_only_warms_up_begins_no_trace()
    {
        using var recorder = new SpanRecorder();
        using var chain = new TracedChain();
        chain.Start("old", 1, DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeMilliseconds());
        Assert.Equal([""], chain.Await(TracedChain.Answered, 1));
        chain.Stop();
        Assert.Empty(recorder.Spans);
    }

    [Fact]
    public void A_dead_letter_is_the_failed_end_of_its_trace()
    {
        using var recorder = new SpanRecorder();
        using var chain = new TracedChain();
        chain.Start("dead", -1);
        chain.Start("alive", 1);
        chain.Await(TracedChain.Answered, 1);
        chain.Stop();

        var failed = Assert.Single(recorder.Spans, span => span.Status == ActivityStatusCode.Error);
        Assert.Equal("process trace.start", failed.OperationName);
        Assert.Equal("poison", failed.GetTagItem("error.type"));
        Assert.Equal("dead", failed.GetTagItem("messaging.message.id"));
    }

    [Fact]
    public void Without_a_listener_nothing_is_begun_and_a_foreign_trace_is_passed_on()
    {
        using var chain = new TracedChain();
        Assert.All(Play(chain, "quiet"), text => Assert.Equal("", text));
    }

    private static List<string> Play(TracedChain chain, string eventId)
    {
        chain.Tick(7);
        chain.Start(eventId, 7);
        var texts = new List<string>(chain.Await(TracedChain.Starts, 1));
        texts.AddRange(chain.Await(TracedChain.Asked, 1));
        texts.AddRange(chain.Await(TracedChain.Answered, 1));
        chain.AwaitAnswers(1);
        chain.Tick(7);
        texts.Add(chain.Await(TracedChain.Ended, 1)[0]);
        texts.Add(chain.Await(TracedChain.Closed, 1)[0]);
        return texts;
    }

    private static string TraceOf(string traceParent) => traceParent.Split('-')[1];
}
