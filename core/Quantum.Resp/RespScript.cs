using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Quantum.Resp;

/// <summary>
/// A Lua script with its hash worked out once. Calls go by hash; when the server lost its scripts (restart, SCRIPT
/// FLUSH) the script is loaded and the refused calls are sent once more, in their order.
/// </summary>
public sealed class RespScript
{
    private readonly byte[] _encodedHash;
    private readonly RespWriter _load;

    public RespScript(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        Source = source;
        var bytes = Encoding.UTF8.GetBytes(source);
        Sha1 = Hash(bytes);
        _encodedHash = RespWriter.Encode(Sha1);
        _load = new RespWriter(bytes.Length + 256, bytes.Length + 256, pinned: false);
        _load.WriteArrayHeader(3);
        _load.WriteBulk("SCRIPT"u8);
        _load.WriteBulk("LOAD"u8);
        _load.WriteBulk(bytes);
    }

    public string Source { get; }

    /// <summary>The name under which Redis caches the script: 40 hexadecimal digits.</summary>
    public string Sha1 { get; }

    /// <summary>
    /// Starts a call; <paramref name="keys"/> keys and then <paramref name="arguments"/> arguments must follow.
    /// </summary>
    public void Begin(RespWriter writer, int keys, int arguments)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(3 + keys + arguments);
        writer.WriteEncoded("$7\r\nEVALSHA\r\n"u8);
        writer.WriteEncoded(_encodedHash);
        writer.WriteBulk(keys);
    }

    /// <summary>Puts the script into the server's cache ahead of its first call.</summary>
    public void Load(RespConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.PendingReplies != 0)
            throw new InvalidOperationException("Loading a script needs a connection without replies in flight.");
        connection.SendAside(_load);
        connection.ReadReply().ThrowIfError();
    }

    /// <summary>
    /// Reads the reply of a call, in place of <see cref="RespConnection.ReadReply(int)"/>. On NOSCRIPT it loads the
    /// script and repeats this and the later calls of the flush; that needs a flush that held nothing but calls of this
    /// script, all replies of earlier flushes read, and nothing written since. Otherwise NOSCRIPT is thrown, and
    /// <see cref="Load"/> mends it. When some later call did run meanwhile, repeating would change the order: the
    /// connection ends, like after a lost reply.
    /// </summary>
    public RespReader ReadReply(RespConnection connection, int timeoutMs)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var reply = connection.ReadReply(timeoutMs);
        if (reply.ErrorCode != RespErrorCode.NoScript) return reply;
        var refused = connection.PendingReplies + 1;
        if (!connection.CanReplay || refused > connection.Writer.CommandCount) return reply;
        for (var later = 1; later < refused; later++)
        {
            if (connection.ReadReply(timeoutMs).ErrorCode == RespErrorCode.NoScript) continue;
            throw connection.Break(new RespConnectionException(
                "Another client loaded the script amid a pipeline, so its calls ran out of order; reload and go on."));
        }

        Load(connection);
        connection.Replay(connection.Writer.CommandCount - refused);
        return connection.ReadReply(timeoutMs);
    }

    /// <summary>Reads the reply of a call within the endpoint's reply time.</summary>
    public RespReader ReadReply(RespConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return ReadReply(connection, connection.Endpoint.ReplyTimeoutMs);
    }

    [SuppressMessage("Security", "CA5350", Justification = "Redis names scripts by SHA-1; it secures nothing.")]
    private static string Hash(byte[] source) => Convert.ToHexStringLower(SHA1.HashData(source));
}
