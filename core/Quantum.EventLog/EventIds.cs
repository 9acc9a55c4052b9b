using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog;

/// <summary>
/// The ids of events: the same input makes the same ids after any replay, in a live run, a backtest and a simulation
/// (decision 2). An output is <c>&lt;input id&gt;.&lt;role&gt;.&lt;n&gt;</c> while that has at most 96 characters.
/// </summary>
public static class EventIds
{
    /// <summary>No event id is longer, in bytes.</summary>
    public const int Longest = 96;

    private const int HashLength = 26;
    private static ReadOnlySpan<byte> Base32 => "0123456789abcdefghjkmnpqrstvwxyz"u8;

    /// <summary>
    /// Writes the id of an entry that a role is given: its own <c>event_id</c>; for legacy entries <c>legacy-&lt;entry id&gt;</c>, for
    /// tail entries <c>&lt;stream&gt;[@&lt;shard tag&gt;]-&lt;entry id&gt;</c>. Gives its length; <paramref name="target"/> has
    /// <see cref="Longest"/> bytes.
    /// </summary>
    public static int WriteInput(
        EventStream stream, string shardTag, in EntryFields fields, EntryId id, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(shardTag);
        if (fields.TryGet("event_id"u8, 0, out var own) && !own.IsEmpty) return WriteBounded(own, target);
        if (stream.HasLegacyForm)
        {
            "legacy-"u8.CopyTo(target);
            return 7 + id.Format(target[7..]);
        }

        var length = Encoding.UTF8.GetBytes(stream.Name, target);
        if (shardTag.Length > 0)
        {
            target[length++] = (byte)'@';
            length += Encoding.UTF8.GetBytes(shardTag, target[length..]);
        }

        target[length++] = (byte)'-';
        return length + id.Format(target[length..]);
    }

    /// <summary>Writes the id of a clock reading: <c>clock-&lt;ms&gt;[@&lt;shard tag&gt;]</c>. Gives its length.</summary>
    public static int WriteClock(long ms, string shardTag, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(shardTag);
        "clock-"u8.CopyTo(target);
        Utf8Formatter.TryFormat(ms, target[6..], out var digits);
        var length = 6 + digits;
        if (shardTag.Length == 0) return length;
        target[length++] = (byte)'@';
        return length + Encoding.UTF8.GetBytes(shardTag, target[length..]);
    }

    /// <summary>
    /// Writes the id of the <paramref name="number"/>-th output (from 0) of an input. Gives its length; <paramref name="target"/> has
    /// <see cref="Longest"/> bytes.
    /// </summary>
    public static int WriteOutput(ReadOnlySpan<byte> inputId, ReadOnlySpan<byte> role, int number, Span<byte> target)
    {
        var suffix = role.Length + 2 + DigitsOf(number);
        if (suffix + HashLength > Longest)
            throw new ArgumentException($"the role name has {role.Length} bytes, too many for an event id.", nameof(role));
        var length = inputId.Length;
        if (length + suffix <= Longest) inputId.CopyTo(target);
        else length = WriteHash(inputId, target);
        target[length++] = (byte)'.';
        role.CopyTo(target[length..]);
        length += role.Length;
        target[length++] = (byte)'.';
        Utf8Formatter.TryFormat(number, target[length..], out var digits);
        return length + digits;
    }

    /// <summary>The id of an output as text.</summary>
    public static string Output(ReadOnlySpan<byte> inputId, string role, int number)
    {
        Span<byte> target = stackalloc byte[Longest];
        return Encoding.UTF8.GetString(target[..WriteOutput(inputId, Encoding.UTF8.GetBytes(role), number, target)]);
    }

    // A foreign producer's id may have any length; ours are bounded.
    private static int WriteBounded(ReadOnlySpan<byte> id, Span<byte> target)
    {
        if (id.Length > Longest) return WriteHash(id, target);
        id.CopyTo(target);
        return id.Length;
    }

    // The first 128 bits of SHA-256 as 26 characters of Crockford's base32.
    private static int WriteHash(ReadOnlySpan<byte> id, Span<byte> target)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(id, hash);
        var bits = new UInt128(
            BinaryPrimitives.ReadUInt64BigEndian(hash),
            BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
        for (var i = HashLength - 1; i >= 0; i--)
        {
            target[i] = Base32[(int)(bits & 31)];
            bits >>= 5;
        }

        return HashLength;
    }

    private static int DigitsOf(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10) digits++;
        return digits;
    }
}
