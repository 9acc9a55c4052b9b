using System.Diagnostics;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Reasons;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>One seat's measurements, with its tags made once.</summary>
internal sealed class SeatMeter(string role, IReadOnlyList<LogLink> links)
{
    private readonly KeyValuePair<string, object?>[] _role = [LogMeter.Tag(SpanTags.Role, role)];

    private readonly KeyValuePair<string, object?>[] _process =
        [.. Operation("process", "process"), LogMeter.Tag(SpanTags.Role, role)];

    private readonly KeyValuePair<string, object?>[] _commit =
        [.. Operation("commit", "settle"), LogMeter.Tag(SpanTags.Role, role)];

    private readonly KeyValuePair<string, object?>[][] _received = [.. links.Select(Received)];
    private readonly Dictionary<string, KeyValuePair<string, object?>[]> _sent = [];
    private readonly int[] _counts = new int[links.Count];

    /// <summary>Measures a batch that was handled and is to be committed.</summary>
    public void Handled(BatchContext context, TimeSpan handling)
    {
        LogMeter.BatchSize.Record(context.Count, _role);
        LogMeter.Processing.Record(handling.TotalSeconds, _process);
        if (context.Batch.GroupsPutBack > 0) LogMeter.PutBack.Add(context.Batch.GroupsPutBack, _role);
        if (LogMeter.Consumed.Enabled) CountReceived(context);
    }

    /// <summary>Measures a commit that was confirmed.</summary>
    public void Committed(CommitBatch commit)
    {
        LogMeter.Commits.Add(1, _role);
        LogMeter.Operations.Record(Stopwatch.GetElapsedTime(commit.BeganAt, commit.EndedAt).TotalSeconds, _commit);
        if (LogMeter.Sent.Enabled) CountSent(commit);
        if (!LogMeter.Reasons.Enabled) return;
        // By the registry's codes: one that stands for many (take_profit_*) is one series.
        foreach (var count in commit.Reasons)
            LogMeter.Reasons.Add(count.Times, _role[0], LogMeter.Tag(SpanTags.Counter, count.Counter),
                LogMeter.Tag(SpanTags.Reason, ReasonCatalog.Find(count.Reason)?.Code ?? "unregistered"));
    }

    private void CountReceived(BatchContext context)
    {
        Array.Clear(_counts);
        for (var i = 0; i < context.Count; i++) _counts[IndexOf(context.LinkOf(i))]++;
        for (var i = 0; i < _counts.Length; i++)
            if (_counts[i] > 0) LogMeter.Consumed.Add(_counts[i], _received[i]);
    }

    private void CountSent(CommitBatch commit)
    {
        for (var i = 0; i < commit.OutputCount; i++)
        {
            var key = commit.OutputKey(i);
            if (!_sent.TryGetValue(key, out var tags)) _sent[key] = tags = SentTo(key);
            LogMeter.Sent.Add(1, tags);
        }
    }

    private int IndexOf(LogLink link)
    {
        for (var i = 0; i < links.Count; i++)
            if (ReferenceEquals(links[i], link)) return i;
        return 0;
    }

    private static KeyValuePair<string, object?>[] Operation(string name, string type) =>
    [
        LogMeter.Tag(SpanTags.System, SpanTags.Redis), LogMeter.Tag(SpanTags.OperationName, name),
        LogMeter.Tag(SpanTags.OperationType, type),
    ];

    private static KeyValuePair<string, object?>[] Received(LogLink link) =>
    [
        .. Operation("receive", "receive"), LogMeter.Tag(SpanTags.Destination, link.Stream.Name),
        LogMeter.Tag(SpanTags.Group, link.Group),
    ];

    private static KeyValuePair<string, object?>[] SentTo(string key) =>
    [
        .. Operation("send", "send"),
        LogMeter.Tag(SpanTags.Destination, NameOf(key)),
    ];

    private static string NameOf(string key) =>
        key.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal) ? key[EventStream.KeyPrefix.Length..] : key;
}
