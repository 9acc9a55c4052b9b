using System.Text;

namespace Quantum.Contracts.Wire;

/// <summary>
/// Gives the same string for the same UTF-8 bytes without allocating again. Bounded: texts above 64 bytes, or met after
/// the table is full, become ordinary strings, so hostile input cannot grow it.
/// </summary>
public sealed class Utf8Interner(int capacity = 8192)
{
    private const int LongestInterned = 64;
    private const int Probes = 8;
    private readonly Slot?[] _slots = new Slot?[capacity];

    /// <summary>The table shared by all codecs of a process.</summary>
    public static Utf8Interner Shared { get; } = new();

    public string Intern(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > LongestInterned) return Encoding.UTF8.GetString(utf8);
        var hash = Hash(utf8);
        for (var probe = 0; probe < Probes; probe++)
        {
            ref var slot = ref _slots[(hash + (uint)probe) % (uint)_slots.Length];
            var found = Volatile.Read(ref slot);
            if (found is null)
            {
                var added = new Slot(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
                found = Interlocked.CompareExchange(ref slot, added, null) ?? added;
            }

            if (utf8.SequenceEqual(found.Utf8)) return found.Text;
        }

        return Encoding.UTF8.GetString(utf8);
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619u;
        return hash;
    }

    private sealed record Slot(byte[] Utf8, string Text);
}
