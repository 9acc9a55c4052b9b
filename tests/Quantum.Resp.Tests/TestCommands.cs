using Quantum.Contracts.Units;

using Quantum.Resp;

namespace Quantum.Resp.Tests;

/// <summary>Commands that tests and benchmarks send beside the log.</summary>
internal static class TestCommands
{
    /// <summary>Reads a reply that is a stream id.</summary>
    public static EntryId ReadEntryId(this RespConnection connection)
    {
        var reply = connection.ReadReply();
        return reply.ReadId();
    }

    /// <summary>XREAD of several streams, which must share a slot on a cluster.</summary>
    public static void XRead(this RespWriter writer, ReadOnlySpan<StreamCursor> streams, int count, int blockMs = -1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfZero(streams.Length, nameof(streams));
        writer.WriteArrayHeader(4 + StreamCommands.BlockArguments(blockMs) + 2 * streams.Length);
        writer.WriteBulk("XREAD"u8);
        StreamCommands.CountBlockStreams(writer, count, blockMs);
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
        writer.WriteArrayHeader(9 + StreamCommands.BlockArguments(blockMs));
        writer.WriteEncoded("$10\r\nXREADGROUP\r\n$5\r\nGROUP\r\n"u8, 2);
        writer.WriteBulk(group);
        writer.WriteBulk(consumer);
        StreamCommands.CountBlockStreams(writer, count, blockMs);
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

    /// <summary>True when the server answers.</summary>
    public static void Ping(this RespConnection connection) => connection.Call("PING").ThrowIfError();

    /// <summary>Settings of the server that match a pattern.</summary>
    public static IReadOnlyDictionary<string, string> ConfigGet(this RespConnection connection, string pattern)
    {
        var reply = connection.Call("CONFIG", "GET", pattern);
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var left = reply.ReadArray(); left > 1; left -= 2) settings[reply.ReadString()] = reply.ReadString();
        return settings;
    }

    /// <summary>Entries in the stream; 0 when there is none.</summary>
    public static long XLen(this RespConnection connection, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var writer = connection.BeginWrite();
        writer.WriteArrayHeader(2);
        writer.WriteBulk("XLEN"u8);
        writer.WriteBulk(key);
        return One(connection, connection.Endpoint.ReplyTimeoutMs).ReadInteger();
    }

    /// <summary>Makes the group, and the stream if need be; false when the group exists.</summary>
    public static bool XGroupCreate(
        this RespConnection connection, ReadOnlySpan<byte> key, ReadOnlySpan<byte> group, EntryId after = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var writer = connection.BeginWrite();
        writer.WriteArrayHeader(6);
        writer.WriteBulk("XGROUP"u8);
        writer.WriteBulk("CREATE"u8);
        writer.WriteBulk(key);
        writer.WriteBulk(group);
        writer.WriteBulk(after);
        writer.WriteBulk("MKSTREAM"u8);
        var reply = One(connection, connection.Endpoint.ReplyTimeoutMs);
        if (reply.ErrorCode == RespErrorCode.BusyGroup) return false;
        reply.ThrowIfError();
        return true;
    }

    /// <summary>Acknowledges a batch; gives how many of them were pending.</summary>
    public static long XAck(
        this RespConnection connection, ReadOnlySpan<byte> key, ReadOnlySpan<byte> group, ReadOnlySpan<EntryId> ids)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.BeginWrite().XAck(key, group, ids);
        return One(connection, connection.Endpoint.ReplyTimeoutMs).ReadInteger();
    }

    /// <summary>
    /// Reads one stream, waiting up to <paramref name="blockMs"/> on the server; the reply's deadline is that plus the
    /// endpoint's reply time. NOGROUP and UNBLOCKED are thrown at once: back off, they ignore BLOCK.
    /// </summary>
    public static StreamEntryReader ReadGroup(
        this RespConnection connection, ReadOnlySpan<byte> key, ReadOnlySpan<byte> group, ReadOnlySpan<byte> consumer,
        int count, int blockMs = -1, EntryId? pendingAfter = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.BeginWrite().XReadGroup(key, group, consumer, count, blockMs, pendingAfter);
        return StreamEntryReader.OverStreams(
            One(connection, Math.Max(blockMs, 0) + connection.Endpoint.ReplyTimeoutMs));
    }

    /// <summary>Waits up to <paramref name="blockMs"/> for entries after the cursors: the doorbell.</summary>
    public static StreamEntryReader Read(
        this RespConnection connection, ReadOnlySpan<StreamCursor> streams, int count, int blockMs = -1)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.BeginWrite().XRead(streams, count, blockMs);
        return StreamEntryReader.OverStreams(
            One(connection, Math.Max(blockMs, 0) + connection.Endpoint.ReplyTimeoutMs));
    }

    private static RespReader One(RespConnection connection, int timeoutMs)
    {
        connection.Flush();
        if (connection.PendingReplies != 1)
        {
            throw new InvalidOperationException(
                "A single command needs a connection without replies in flight; read them first.");
        }

        return connection.ReadReply(timeoutMs);
    }
}
