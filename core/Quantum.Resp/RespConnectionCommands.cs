using System.Diagnostics;

namespace Quantum.Resp;

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

    /// <summary>The server's clock, UTC epoch microseconds.</summary>
    public static long TimeUs(this RespConnection connection) => Call(connection, "TIME").ReadTimeUs();

    /// <summary>The server's INFO text of one section, or of all when it is empty.</summary>
    public static string ServerInfo(this RespConnection connection, string section = "")
    {
        var reply = section.Length == 0 ? Call(connection, "INFO") : Call(connection, "INFO", section);
        return reply.ReadString();
    }

    /// <summary>One field of the server's INFO; null when the section has none of that name.</summary>
    public static string? ServerInfoField(this RespConnection connection, string section, string field) =>
        FieldOf(connection.ServerInfo(section), field);

    /// <summary>Ends the blocked read of another connection, which then sees it as having timed out (nil).</summary>
    public static bool ClientUnblock(this RespConnection connection, long clientId) =>
        Call(connection, "CLIENT", "UNBLOCK", clientId.ToString(CultureInfo.InvariantCulture)).ReadInteger() == 1;

    /// <summary>
    /// Waits until a replica has all that this connection wrote; true at once where the server has none. To be asked on
    /// the very connection that wrote, before it can have been made anew: behind a failover the new server has no
    /// replica, and may lack what was written.
    /// </summary>
    /// <param name="connection">That wrote.</param>
    /// <param name="limitMs">How long to wait, ms, above 0.</param>
    public static bool IsCopied(this RespConnection connection, int limitMs)
    {
        if (connection.ServerInfoField("replication", "connected_slaves") is null or "0") return true;
        connection.BeginWrite().Command("WAIT", "1", limitMs.ToString(CultureInfo.InvariantCulture));
        return One(connection, limitMs + connection.Endpoint.ReplyTimeoutMs).ReadInteger() > 0;
    }

    /// <summary>
    /// Waits until the append-only file has, in the kernel's hands, all that was written before: what Redis holds back
    /// while an earlier sync runs is forgotten by a process that is killed
    /// (docs/decisions/0008-everysec-forgets-confirmed-writes.md). True at once where Redis keeps no such file.
    /// </summary>
    /// <param name="connection">To the server that was written to.</param>
    /// <param name="limitMs">How long to wait, ms, above 0.</param>
    public static bool IsWritten(this RespConnection connection, int limitMs)
    {
        long? wanted = null;
        for (var asked = Stopwatch.GetTimestamp(); ; Thread.Sleep(10))
        {
            var facts = connection.ServerInfo("persistence");
            if (FieldOf(facts, "aof_enabled") != "1" || Number("aof_buffer_length") is not { } held) return true;
            // All that is held now must be in the file; a file that is rewritten meanwhile begins to count anew.
            wanted ??= Number("aof_current_size") + held;
            if (FieldOf(facts, "aof_last_write_status") == "ok" && (held == 0
                || FieldOf(facts, "aof_pending_bio_fsync") == "0" || Number("aof_current_size") >= wanted)) return true;
            if (Stopwatch.GetElapsedTime(asked).TotalMilliseconds >= limitMs) return false;

            long? Number(string field) =>
                long.TryParse(FieldOf(facts, field), CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }

    private static string? FieldOf(string info, string field)
    {
        foreach (var line in info.Split('\n'))
            if (line.StartsWith(field + ":", StringComparison.Ordinal)) return line[(field.Length + 1)..].Trim();
        return null;
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
