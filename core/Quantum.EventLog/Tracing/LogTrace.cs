using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Quantum.Contracts.Catalog;

namespace Quantum.EventLog.Tracing;

/// <summary>
/// The log's spans. A trace begins with an event on a stream that <see cref="EventStream.BeginsTrace"/>; the sampler of
/// the process decides on it by its trace id, and from there on everything that the event leads to is part of it.
/// </summary>
internal static class LogTrace
{
    private static readonly ActivitySource s_source = new(LogMeter.Name);

    [ThreadStatic]
    private static ActivityTraceId s_wanted;

    // The only way to let the process' own sampler decide on a trace whose id is given.
    static LogTrace()
    {
        var other = Activity.TraceIdGenerator;
        Activity.TraceIdGenerator = () =>
            s_wanted != default ? s_wanted : other?.Invoke() ?? ActivityTraceId.CreateRandom();
    }

    /// <summary>True while somebody listens; everything else is done only then.</summary>
    public static bool IsOn => s_source.HasListeners();

    /// <summary>Whether the trace that <paramref name="root"/> begins is recorded.</summary>
    public static bool IsSampled(in TraceContext root)
    {
        Activity? probe = null;
        AsRoot(in root, () =>
            probe = s_source.CreateActivity("sample", ActivityKind.Internal, default(ActivityContext)));
        return probe is { Recorded: true };
    }

    /// <summary>
    /// Opens the span of a send; null when there is none. A child of the span that is open on this thread, else the
    /// first of a trace when <paramref name="mayBegin"/>.
    /// </summary>
    public static Activity? StartSend(EventStream stream, string eventId, bool mayBegin)
    {
        if (stream.IsTail || !IsOn) return null;
        var name = "send " + stream.Name;
        if (Activity.Current is { Recorded: true })
            return SpanTags.Send(s_source.StartActivity(name, ActivityKind.Producer), stream, eventId);
        if (!mayBegin) return null;
        var root = TraceContext.RootOf(Encoding.UTF8.GetBytes(eventId));
        Activity? span = null;
        AsRoot(in root, () =>
        {
            span = s_source.CreateActivity(name, ActivityKind.Producer, default(ActivityContext));
            if (span is { Recorded: true }) Start(span, root.SpanId);
            else span = null;
        });
        return SpanTags.Send(span, stream, eventId);
    }

    /// <summary>Opens the span of a gateway's call, so that what the call does outside becomes part of it.</summary>
    public static Activity? StartCall(HandledSpan? handled)
    {
        if (handled is null) return null;
        var span = Create(handled);
        handled.IsTold = true;
        if (span is not null) Start(span, handled.Context.SpanId);
        return span;
    }

    /// <summary>
    /// Tells what a commit did: each handling in its own trace, the commit itself linked to all of them.
    /// </summary>
    public static void Tell(RoleSeat seat, CommitBatch commit)
    {
        if (commit.Spans.Count == 0) return;
        foreach (var handled in commit.Spans)
            if (!handled.IsTold && Create(handled) is { } span)
                Finish(span, handled.Context.SpanId, handled.StartedAt, handled.EndedAt);
        var links = commit.Spans.Skip(1).Select(other => new ActivityLink(other.Context.AsParent));
        var settled = s_source.CreateActivity(
            "commit " + seat.Role, ActivityKind.Client, commit.Spans[0].Context.AsParent,
            SpanTags.OfCommit(seat, commit), links);
        if (settled is not null) Finish(settled, null, commit.BeganAt, commit.EndedAt);
    }

    private static Activity? Create(HandledSpan handled)
    {
        var links = handled.Cause is { } cause && cause != handled.Parent
            ? new[] { new ActivityLink(cause.AsParent) }
            : null;
        var span = s_source.CreateActivity(
            "process " + (handled.Link?.Stream.Name ?? "clock"), ActivityKind.Consumer, handled.Parent.AsParent,
            SpanTags.Of(handled), links);
        if (handled.Error is { } error) span?.SetStatus(ActivityStatusCode.Error, error);
        return span;
    }

    private static void AsRoot(in TraceContext root, Action begin)
    {
        var current = Activity.Current;
        try
        {
            Activity.Current = null;
            s_wanted = root.TraceId;
            begin();
        }
        finally
        {
            s_wanted = default;
            Activity.Current = current;
        }
    }

    private static void Finish(Activity span, ActivitySpanId? id, long startedAt, long endedAt)
    {
        var now = DateTime.UtcNow;
        var nowAt = Stopwatch.GetTimestamp();
        span.SetStartTime(now - Stopwatch.GetElapsedTime(startedAt, nowAt));
        Start(span, id);
        span.SetEndTime(now - Stopwatch.GetElapsedTime(endedAt, nowAt));
        span.Stop();
    }

    private static void Start(Activity span, ActivitySpanId? id)
    {
        span.Start();
        if (id is { } chosen) SpanIdOf(span) = chosen.ToHexString();
    }

    // .NET draws a span's id by chance and has no way to choose it. Entries must name it before the span exists, and
    // name the same one when they are handled again.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity span);
}
