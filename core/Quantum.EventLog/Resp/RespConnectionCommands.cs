using System.Globalization;
using Quantum.Contracts.Units;

namespace Quantum.EventLog.Resp;

/// <summary>Single commands with their reply: one round trip each, for set-up, admin and checks.</summary>
public static class RespConnectionCommands
{
    /// <summary>Sends any one command and gives its reply.</summary>
    public static RespReader Call(this RespConnection connection, params ReadOnlySpan<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.BeginWrite().Command(arguments);
        return One(connection, connection.Endpoint.ReplyTimeoutMs);
    }

    /// <summary>True when the server answers.</summary>
    public static void Ping(this RespConnection connection) => Call(connection, "PING").ThrowIfError();

    /// <summary>The server's clock, UTC epoch microseconds.</summary>
    public static long TimeUs(this RespConnection connection) => Call(connection, "TIME").ReadTimeUs();

    /// <summary>The server's INFO text of one section, or of all when it is empty.</summary>
    public static string ServerInfo(this RespConnection connection, string section = "")
    {
        var reply = section.Length == 0 ? Call(connection, "INFO") : Call(connection, "INFO", section);
        return reply.ReadString();
    }

    /// <summary>Settings of the server that match a pattern.</summary>
    public static IReadOnlyDictionary<string, string> ConfigGet(this RespConnection connection, string pattern)
    {
        var reply = Call(connection, "CONFIG", "GET", pattern);
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

    /// <summary>XINFO STREAM, GROUPS or CONSUMERS (then with the group), as the server gives it.</summary>
    public static RespReader XInfo(this RespConnection connection, string what, string key, string? group = null)
    {
        var reply = group is null ? Call(connection, "XINFO", what, key) : Call(connection, "XINFO", what, key, group);
        reply.ThrowIfError();
        return reply;
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

    /// <summary>Ends the blocked read of another connection, which then sees it as having timed out (nil).</summary>
    public static bool ClientUnblock(this RespConnection connection, long clientId) =>
        Call(connection, "CLIENT", "UNBLOCK", clientId.ToString(CultureInfo.InvariantCulture)).ReadInteger() == 1;

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
