namespace Quantum.Audit;

/// <summary>What is wrong with who reads a stream as a whole.</summary>
public enum StreamVerdict
{
    /// <summary>The catalog has it, it holds entries, and not one group reads it.</summary>
    OrphanStream,

    /// <summary>The catalog does not have it.</summary>
    UnknownStream,

    /// <summary>The key holds something that is no stream.</summary>
    WrongType,

    /// <summary>The stream, or who reads it, could not be asked.</summary>
    CouldNotAsk,
}

/// <summary>One stream with its groups, judged.</summary>
public sealed record StreamReport
{
    /// <summary>The key in its text: bytes that are no printable sign are escaped.</summary>
    public required string Name { get; init; }

    /// <summary>True when the catalog has it.</summary>
    public required bool Known { get; init; }

    /// <summary>What is wrong with it as a whole; null when its groups tell everything.</summary>
    public StreamVerdict? Verdict { get; init; }

    /// <summary>The cluster's node that holds it, host and port; null outside a cluster.</summary>
    public string? Node { get; init; }

    /// <summary>Entries, from 0.</summary>
    public required long Length { get; init; }

    /// <summary>Entries added per second between the two looks, from 0.</summary>
    public required double RatePerS { get; init; }

    /// <summary>The first entry's id; null when it is empty.</summary>
    public string? FirstId { get; init; }

    public string? LastId { get; init; }

    /// <summary>Age of the first entry by its id and the server's clock, ms; null when it is empty.</summary>
    public long? FirstAgeMs { get; init; }

    public long? LastAgeMs { get; init; }

    /// <summary>Entries ever added, from 0; null when the server does not count them.</summary>
    public long? EntriesAdded { get; init; }

    /// <summary>Entries that modes and versions were taken from, from 0: the first one and the newest.</summary>
    public int SampledEntries { get; init; }

    /// <summary>Schema versions of the sampled entries.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Modes of the sampled entries.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>Entries in its dead letters, from 0.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Fields of the last entry, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Sample { get; init; } = [];

    public required IReadOnlyList<GroupReport> Groups { get; init; }
}
