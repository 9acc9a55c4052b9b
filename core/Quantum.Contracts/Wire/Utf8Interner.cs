namespace Quantum.Contracts.Wire;

/// <summary>
/// Gives the same string for the same UTF-8 bytes without allocating again, from the second meeting on: a text met
/// once, such as an id, takes no room. Bounded: texts above 64 bytes are never kept, and a full neighbourhood gives
/// up a guest, so hostile input cannot grow it. Safe for use by many threads.
/// </summary>
public sealed class Utf8Interner
{
    private const int LongestKept = 64;
    private const int Probes = 8;
    private readonly Slot?[] _slots;
    private readonly uint[] _metOnce;

    /// <param name="capacity">Texts kept at most, from 8.</param>
    public Utf8Interner(int capacity = 8192)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, Probes);
        _slots = new Slot?[capacity];
        _metOnce = new uint[capacity];
    }

    /// <summary>The table shared by all codecs of a process.</summary>
    public static Utf8Interner Shared { get; } = new();

    /// <summary>Texts kept now.</summary>
    public int Count => _slots.Count(slot => slot is not null);

    public string Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > LongestKept) return Encoding.UTF8.GetString(utf8);
        var hash = Hash(utf8);
        for (var probe = 0u; probe < Probes; probe++)
        {
            var found = Volatile.Read(ref SlotAt(hash, probe));
            if (found is null) break;
            if (utf8.SequenceEqual(found.Utf8)) return found.Text;
        }

        var text = Encoding.UTF8.GetString(utf8);
        ref var met = ref _metOnce[hash % (uint)_metOnce.Length];
        if (Interlocked.Exchange(ref met, hash) != hash) return text;
        return Keep(hash, new Slot(utf8.ToArray(), text));
    }

    private string Keep(uint hash, Slot added)
    {
        for (var probe = 0u; probe < Probes; probe++)
        {
            var found = Interlocked.CompareExchange(ref SlotAt(hash, probe), added, null);
            if (found is null) return added.Text;
            if (added.Utf8.AsSpan().SequenceEqual(found.Utf8)) return found.Text;
        }

        Volatile.Write(ref SlotAt(hash, (hash >> 16) % Probes), added);
        return added.Text;
    }

    private ref Slot? SlotAt(uint hash, uint probe) => ref _slots[(hash + probe) % (uint)_slots.Length];

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619u;
        return hash;
    }

    private sealed record Slot(byte[] Utf8, string Text);
}
