namespace Quantum.Simulation.Hostile;

/// <summary>What became of hostile entries; every one is counted in exactly one place.</summary>
public sealed class HostileResult
{
    /// <summary>Entries that were thrown at the system.</summary>
    public long Entries { get; set; }

    /// <summary>Deliveries of one to a role that it handled.</summary>
    public long Handled { get; set; }

    /// <summary>Deliveries that went to the dead letters, by their reason code.</summary>
    public SortedDictionary<string, long> DeadLetters { get; } = new(StringComparer.Ordinal);

    /// <summary>Deliveries of which nothing tells what became of them, in words; at most the first 20.</summary>
    public List<string> Dropped { get; } = [];

    /// <summary>What a role or its runner failed on, in words; at most the first 20 kinds.</summary>
    public SortedDictionary<string, string> Crashes { get; } = new(StringComparer.Ordinal);

    /// <summary>Times that a turn of the system found no end.</summary>
    public long EndlessTurns { get; set; }

    /// <summary>True when nothing went wrong.</summary>
    public bool IsGood => Crashes.Count == 0 && Dropped.Count == 0 && EndlessTurns == 0;

    /// <summary>Notes a crash, once for each kind.</summary>
    public void Crash(string kind, string text)
    {
        if (Crashes.Count < 20) Crashes.TryAdd(kind, text);
    }
}
