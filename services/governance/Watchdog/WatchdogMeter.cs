using System.Diagnostics.Metrics;
using Quantum.Audit;

namespace Quantum.Governance.Watchdog;

/// <summary>The audit's figures as metrics. Tags are the catalog's names only, so their number is bounded.</summary>
public sealed class WatchdogMeter : IDisposable
{
    public const string Name = "Quantum.Watchdog";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _lookMs;
    private readonly Counter<long> _looks;
    private readonly Counter<long> _alerts;
    private readonly SortedSet<(string Code, Severity Severity)> _known = [];
    private volatile Figures _figures = Figures.None;

    public WatchdogMeter()
    {
        _lookMs = _meter.CreateHistogram<double>("quantum.audit.look.duration", "ms", "How long one look took");
        _looks = _meter.CreateCounter<long>("quantum.audit.looks", "{look}", "Looks, by outcome");
        _alerts = _meter.CreateCounter<long>("quantum.watchdog.alerts", "{alert}", "Alerts, by channel and outcome");
        _meter.CreateObservableGauge("quantum.audit.findings", () => _figures.Findings, "{finding}",
            "Findings of the last look, by code and severity");
        _meter.CreateObservableGauge("quantum.replay.decisions_differ_per_1000", () => _figures.Differ, "{decision}",
            "Decisions of the last hour that a live replay makes otherwise, of a thousand; silent while none runs");
        Gauge("quantum.audit.unread", "{entry}", "Entries that wait", group => group.Unread);
        Gauge("quantum.audit.pending", "{entry}", "Entries delivered and not acknowledged", group => group.Pending);
        Gauge("quantum.audit.destroyed_unread", "{entry}", "Entries lost before they were read",
            group => group.Destroyed);
        Gauge("quantum.audit.oldest_unread_age", "ms", "Age of the oldest entry that waits", group => group.AgeMs);
    }

    public void Looked(AuditReport report, IReadOnlyList<WatchedFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(report);
        _lookMs.Record(report.TookMs);
        _looks.Add(1, Tag("outcome", "ok"));
        Measurement<double>[] differ = report.Replay is { IsFresh: true, DifferPer1000: { } share } ? [new(share)] : [];
        Show(findings, [.. Groups(report)], differ);
    }

    /// <summary>No look was possible: the figures of the last one are no longer shown.</summary>
    public void Blind(WatchedFinding why)
    {
        _looks.Add(1, Tag("outcome", "failed"));
        Show([why], [], []);
    }

    /// <summary>Another replica watches.</summary>
    public void StoodBy()
    {
        _looks.Add(1, Tag("outcome", "standby"));
        _figures = Figures.None;
    }

    public void Alert(string channel, string outcome) =>
        _alerts.Add(1, Tag("channel", channel), Tag("outcome", outcome));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    // Shards of one stream are one figure: their sum, and of ages the greatest.
    private static IEnumerable<GroupFigures> Groups(AuditReport report) =>
        from stream in report.Streams
        let name = StreamKind.NameOf(stream.Name)
        where name is not null
        from seen in stream.Groups
        where seen.Role is not null
        group seen by (name, StreamCatalog.GroupOf(seen.Role!, name)) into shards
        select new GroupFigures(shards.Key.name, shards.Key.Item2, shards.Sum(s => s.Unread),
            shards.Sum(s => s.Pending), shards.Sum(s => s.DestroyedUnread), shards.Max(s => s.OldestUnreadAgeMs ?? 0));

    // What was there once goes on as 0: a gauge that only disappears looks to many dashboards as if it were on.
    private void Show(
        IReadOnlyList<WatchedFinding> findings, GroupFigures[] groups, Measurement<double>[] differ)
    {
        var counts = findings.GroupBy(f => (f.Code, f.Severity)).ToDictionary(g => g.Key, g => g.LongCount());
        _known.UnionWith(counts.Keys);
        _figures = new Figures(
        [
            .. _known.Select(known => new Measurement<long>(counts.GetValueOrDefault(known),
                Tag("code", known.Code), Tag("severity", WireNames.Of(known.Severity)))),
        ], groups, differ);
    }

    private void Gauge(string name, string unit, string description, Func<GroupFigures, long> figure) =>
        _meter.CreateObservableGauge(name, () => _figures.Groups.Select(group => new Measurement<long>(
            figure(group), Tag("stream", group.Stream), Tag("group", group.Group))), unit, description);

    private sealed record GroupFigures(
        string Stream, string Group, long Unread, long Pending, long Destroyed, long AgeMs);

    private sealed record Figures(
        IReadOnlyList<Measurement<long>> Findings, IReadOnlyList<GroupFigures> Groups,
        IReadOnlyList<Measurement<double>> Differ)
    {
        public static Figures None { get; } = new([], [], []);
    }
}
