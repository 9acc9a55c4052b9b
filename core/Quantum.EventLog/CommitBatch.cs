using System.Diagnostics;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog;

/// <summary>How a commit ended.</summary>
public enum CommitReply
{
    /// <summary>All of it is done.</summary>
    Ok,

    /// <summary>It was done before: the reply of the first time got lost. Go on as with Ok.</summary>
    Duplicate,

    /// <summary>The seat's commit number is another one than expected: drop local state and load again.</summary>
    Stale,

    /// <summary>The lease is another's: drop local state, acquire again.</summary>
    Fenced,
}

/// <summary>How far a link was read, and what of it to acknowledge.</summary>
/// <param name="Link">The link.</param>
public sealed record LinkCommit(LogLink Link)
{
    /// <summary>The new cursor; zero leaves it as it is.</summary>
    public EntryId Cursor { get; set; }

    /// <summary>Group links: the handled ids.</summary>
    public List<EntryId> Acks { get; } = [];
}

/// <summary>One state field to write, or to delete when there is neither value nor copy.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Value">What to write.</param>
public readonly record struct StateWrite(string Field, byte[]? Value)
{
    /// <summary>In place of a value, for a log in memory, which keeps it as it is.</summary>
    public StateCopy? Copy { get; init; }
}

/// <summary>
/// Why something was not done: added to the role's counters; the last reason per subject, and the last time of each
/// with its figures, are kept.
/// </summary>
/// <param name="Counter">What is counted.</param>
/// <param name="Reason">The reason code.</param>
/// <param name="Subject">Mostly the symbol; null when there is none.</param>
/// <param name="AtMs">When it happened last, UTC epoch ms.</param>
/// <param name="Times">How often within the batch, from 1.</param>
/// <param name="Figures">What was found the last time and what was asked for; null where the code says all.</param>
public readonly record struct ReasonCount(
    string Counter, string Reason, string? Subject, long AtMs, long Times, string? Figures = null);

/// <summary>Everything that one commit does together; reusable.</summary>
public sealed class CommitBatch
{
    private readonly List<string> _outputKeys = [];
    private readonly List<FieldBuffer> _outputs = [];

    /// <summary>The number of the commit before this one, from 0; this one becomes the next number.</summary>
    public long ExpectedSequence { get; set; }

    public List<LinkCommit> Links { get; } = [];

    public int OutputCount => _outputKeys.Count;

    public List<StateWrite> State { get; } = [];

    /// <summary>
    /// What was consumed, in order, for the journal (see <see cref="JournalText"/>); empty writes none.
    /// </summary>
    public string Journal { get; set; } = "";

    /// <summary>The clock's new reading, UTC epoch ms; 0 leaves it.</summary>
    public long ClockMs { get; set; }

    public List<ReasonCount> Reasons { get; } = [];

    /// <summary>What traced inputs led to it, to be told once it is done.</summary>
    internal List<HandledSpan> Spans { get; } = [];

    /// <summary>Inputs that it settles, clock readings included.</summary>
    internal int Inputs { get; set; }

    /// <summary>When it was sent, in Stopwatch ticks; 0 before.</summary>
    internal long BeganAt { get; set; }

    /// <summary>When it was confirmed, in Stopwatch ticks; now unless it was noted.</summary>
    internal long EndedAt
    {
        get => field > 0 ? field : Stopwatch.GetTimestamp();
        set;
    }

    public bool IsEmpty =>
        OutputCount == 0 && Links.Count == 0 && State.Count == 0 && ClockMs == 0 && Reasons.Count == 0;

    /// <summary>Starts an output (an event or a dead letter) on a stream of the seat's slot; fill the buffer.</summary>
    public FieldBuffer AddOutput(string streamKey)
    {
        var index = _outputKeys.Count;
        _outputKeys.Add(streamKey);
        if (index == _outputs.Count) _outputs.Add(new FieldBuffer());
        _outputs[index].Clear();
        return _outputs[index];
    }

    public string OutputKey(int index) => _outputKeys[index];

    public FieldBuffer Output(int index) => _outputs[index];

    /// <summary>The link's part of the commit, made when missing.</summary>
    public LinkCommit For(LogLink link)
    {
        foreach (var part in Links)
            if (ReferenceEquals(part.Link, link)) return part;
        var made = new LinkCommit(link);
        Links.Add(made);
        return made;
    }

    public void Clear()
    {
        _outputKeys.Clear();
        Links.Clear();
        State.Clear();
        Reasons.Clear();
        Spans.Clear();
        (Journal, ClockMs, EndedAt) = ("", 0, 0);
    }
}
