using Quantum.Contracts.Units;

namespace Quantum.EventLog.Resp;

/// <summary>Stream commands, written into a batch. Each has exactly one reply.</summary>
public static class StreamCommands
{
    /// <summary>
    /// Starts an XADD with a server-made id; <paramref name="fields"/> names and values must follow as 2 x fields
    /// arguments. <paramref name="maxLength"/> (entries, 0 = none) trims approximately, for lossy streams only.
    /// </summary>
    public static void BeginXAdd(this RespWriter writer, ReadOnlySpan<byte> key, int fields, long maxLength = 0)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(3 + 2 * fields + (maxLength > 0 ? 3 : 0));
        writer.WriteEncoded("$4\r\nXADD\r\n"u8);
        writer.WriteBulk(key);
        if (maxLength > 0)
        {
            writer.WriteEncoded("$6\r\nMAXLEN\r\n$1\r\n~\r\n"u8, 2);
            writer.WriteBulk(maxLength);
        }

        writer.WriteEncoded("$1\r\n*\r\n"u8);
    }

    /// <summary>
    /// XREAD of one stream; <paramref name="blockMs"/> below 0 does not block, 0 would block for ever and is refused.
    /// </summary>
    public static void XRead(this RespWriter writer, ReadOnlySpan<byte> key, EntryId after, int count, int blockMs = -1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(6 + BlockArguments(blockMs));
        writer.WriteBulk("XREAD"u8);
        CountBlockStreams(writer, count, blockMs);
        writer.WriteBulk(key);
        writer.WriteBulk(after);
    }

    /// <summary>XREAD of several streams, which must share a slot on a cluster.</summary>
    public static void XRead(this RespWriter writer, ReadOnlySpan<StreamCursor> streams, int count, int blockMs = -1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfZero(streams.Length, nameof(streams));
        writer.WriteArrayHeader(4 + BlockArguments(blockMs) + 2 * streams.Length);
        writer.WriteBulk("XREAD"u8);
        CountBlockStreams(writer, count, blockMs);
        foreach (ref readonly var stream in streams) writer.WriteBulk(stream.Key.Span);
        foreach (ref readonly var stream in streams) writer.WriteBulk(stream.After);
    }

    /// <summary>
    /// XREADGROUP of one stream: new entries when <paramref name="pendingAfter"/> is null, else this consumer's pending
    /// ones after that id.
    /// </summary>
    public static void XReadGroup(
        this RespWriter writer, ReadOnlySpan<byte> key, ReadOnlySpan<byte> group, ReadOnlySpan<byte> consumer,
        int count, int blockMs = -1, EntryId? pendingAfter = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(9 + BlockArguments(blockMs));
        writer.WriteEncoded("$10\r\nXREADGROUP\r\n$5\r\nGROUP\r\n"u8, 2);
        writer.WriteBulk(group);
        writer.WriteBulk(consumer);
        CountBlockStreams(writer, count, blockMs);
        writer.WriteBulk(key);
        if (pendingAfter is { } after) writer.WriteBulk(after);
        else writer.WriteEncoded("$1\r\n>\r\n"u8);
    }

    /// <summary>XACK of a batch; the reply is how many were pending.</summary>
    public static void XAck(
        this RespWriter writer, ReadOnlySpan<byte> key, ReadOnlySpan<byte> group, ReadOnlySpan<EntryId> ids)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfZero(ids.Length, nameof(ids));
        writer.WriteArrayHeader(3 + ids.Length);
        writer.WriteEncoded("$4\r\nXACK\r\n"u8);
        writer.WriteBulk(key);
        writer.WriteBulk(group);
        foreach (var id in ids) writer.WriteBulk(id);
    }

    /// <summary>XRANGE between two ids, both included.</summary>
    public static void XRange(this RespWriter writer, ReadOnlySpan<byte> key, EntryId from, EntryId to, int count)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(6);
        writer.WriteBulk("XRANGE"u8);
        writer.WriteBulk(key);
        writer.WriteBulk(from);
        writer.WriteBulk(to);
        writer.WriteBulk("COUNT"u8);
        writer.WriteBulk(count);
    }

    /// <summary>XREVRANGE from the newest entry back.</summary>
    public static void XRevRange(this RespWriter writer, ReadOnlySpan<byte> key, int count)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(6);
        writer.WriteBulk("XREVRANGE"u8);
        writer.WriteBulk(key);
        writer.WriteBulk("+"u8);
        writer.WriteBulk("-"u8);
        writer.WriteBulk("COUNT"u8);
        writer.WriteBulk(count);
    }

    /// <summary>XTRIM of everything below an id; exact, because retention must not depend on node sizes.</summary>
    public static void XTrimBelow(this RespWriter writer, ReadOnlySpan<byte> key, EntryId keepFrom)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(4);
        writer.WriteBulk("XTRIM"u8);
        writer.WriteBulk(key);
        writer.WriteBulk("MINID"u8);
        writer.WriteBulk(keepFrom);
    }

    /// <summary>Any command from ready arguments, for what is not on a hot path.</summary>
    public static void Command(this RespWriter writer, params ReadOnlySpan<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(arguments.Length);
        foreach (var argument in arguments) writer.WriteBulk(argument);
    }

    private static int BlockArguments(int blockMs)
    {
        if (blockMs == 0)
            throw new ArgumentOutOfRangeException(nameof(blockMs), "BLOCK 0 waits for ever; give a finite time in ms.");
        return blockMs > 0 ? 2 : 0;
    }

    private static void CountBlockStreams(RespWriter writer, int count, int blockMs)
    {
        writer.WriteEncoded("$5\r\nCOUNT\r\n"u8);
        writer.WriteBulk(count);
        if (blockMs > 0)
        {
            writer.WriteEncoded("$5\r\nBLOCK\r\n"u8);
            writer.WriteBulk(blockMs);
        }

        writer.WriteEncoded("$7\r\nSTREAMS\r\n"u8);
    }
}
