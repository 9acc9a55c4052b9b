namespace Quantum.Audit;

/// <summary>A stream as XINFO STREAM tells it; nulls where an old server is silent. Names are in their text.</summary>
internal sealed record StreamFacts
{
    public required string Key { get; init; }

    /// <summary>False when the stream itself, or who reads it, could not be asked.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>The key's type when it is no stream at all; empty when only that much is known; null for a
    /// stream.</summary>
    public string? OtherType { get; init; }

    public long Length { get; init; }
    public EntryId LastGenerated { get; init; }
    public long? Added { get; init; }

    /// <summary>The highest id that XDEL ever removed; zero when none.</summary>
    public EntryId? MaxDeleted { get; init; }

    public EntryId? First { get; init; }
    public EntryId? Last { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>> FirstFields { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> LastFields { get; init; } = [];
    public IReadOnlyList<GroupFacts> Groups { get; init; } = [];

    /// <summary>What the sampled entries say of themselves: the newest ones, each once.</summary>
    public IReadOnlyList<EntryMarks> Newest { get; init; } = [];

    /// <summary>The sampled entries with the first and the last one.</summary>
    public IReadOnlyList<EntryMarks> Sampled =>
    [
        .. Newest.Concat([MarksOf(Last, LastFields), MarksOf(First, FirstFields)]).OfType<EntryMarks>()
            .DistinctBy(entry => entry.Id),
    ];

    private static EntryMarks? MarksOf(EntryId? id, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (id is not { } known) return null;
        string? Value(string name) => fields.FirstOrDefault(field => field.Key == name).Value;
        return new EntryMarks(known, Value(EntryMarks.ModeField), Value(EntryMarks.VersionField));
    }
}

/// <summary>The envelope's mode and schema version of one entry; null where it has none.</summary>
internal sealed record EntryMarks(EntryId Id, string? Mode, string? Version)
{
    public const string ModeField = "mode";
    public const string VersionField = "v";
}

/// <summary>A group as XINFO GROUPS tells it, and what was read behind its position.</summary>
internal sealed record GroupFacts
{
    public required string Name { get; init; }
    public long Consumers { get; init; }
    public long Pending { get; init; }
    public EntryId Position { get; init; }
    public long? EntriesRead { get; init; }
    public long? Lag { get; init; }
    public IReadOnlyList<ConsumerFacts> Members { get; init; } = [];
    public PendingFacts? OldestPending { get; init; }

    /// <summary>Pending entries that the stream no longer has, the oldest first; the first ones only.</summary>
    public IReadOnlyList<EntryId> LostPending { get; init; } = [];

    /// <summary>How many there are, from 0.</summary>
    public long LostCount { get; init; }

    /// <summary>At least, when counting on would have read too much.</summary>
    public Bound LostBound { get; init; }

    /// <summary>False when what is pending could not be asked.</summary>
    public bool IsPendingKnown { get; init; } = true;

    /// <summary>False when what lies behind the position could not be asked.</summary>
    public bool IsRangeKnown { get; init; } = true;

    /// <summary>Unread entries that were counted one by one.</summary>
    public long Counted { get; init; }

    /// <summary>True when the counting came to the stream's end.</summary>
    public bool CountedAll { get; init; }

    /// <summary>The first unread entry, when it was read.</summary>
    public EntryId? FirstUnread { get; init; }
}

/// <summary>A registered consumer.</summary>
internal sealed record ConsumerFacts(string Name, long Pending, long IdleMs);

/// <summary>The oldest entry that was delivered and not acknowledged.</summary>
internal sealed record PendingFacts(EntryId Id, string Consumer, long IdleMs, long Deliveries);

/// <summary>All streams at one moment.</summary>
internal sealed record AuditSample(long AtMs, IReadOnlyList<StreamFacts> Streams)
{
    public StreamFacts? Find(string key) => Streams.FirstOrDefault(stream => stream.Key == key);
}
