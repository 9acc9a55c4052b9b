using System.Buffers.Text;

namespace Quantum.Resp;

/// <summary>The server answered a command with an error. The connection stays usable.</summary>
public sealed class RespServerException : RespException
{
    private const int LongestShown = 512;

    private RespServerException(RespErrorCode code, string serverMessage, string message) : base(message)
    {
        Code = code;
        ServerMessage = serverMessage;
    }

    public RespErrorCode Code { get; }

    /// <summary>The server's own words.</summary>
    public string ServerMessage { get; }

    /// <summary>The word by which the server names its error, for example NOPERM; ERR is any.</summary>
    public string Word => ServerMessage.Split(' ')[0];

    /// <summary>The hash slot of a MOVED or ASK answer, 0 to 16383; -1 otherwise.</summary>
    public int Slot { get; private init; } = -1;

    /// <summary>The host of a MOVED or ASK answer; empty means the same host; null otherwise.</summary>
    public string? RedirectHost { get; private init; }

    /// <summary>The TCP port of a MOVED or ASK answer; 0 otherwise.</summary>
    public int RedirectPort { get; private init; }

    /// <summary>
    /// True when the same command may be sent again elsewhere or later, because it was refused unexecuted.
    /// </summary>
    public bool IsTransient => Code is RespErrorCode.Loading or RespErrorCode.ReadOnly or RespErrorCode.MasterDown
        or RespErrorCode.Moved or RespErrorCode.Ask or RespErrorCode.ClusterDown or RespErrorCode.TryAgain;

    /// <summary>Builds the exception from an error line, without its leading minus sign.</summary>
    public static RespServerException From(ReadOnlySpan<byte> line)
    {
        var text = NameText.Shown(line[..Math.Min(line.Length, LongestShown)]);
        var code = CodeOf(line);
        var message = code switch
        {
            RespErrorCode.WrongPass =>
                $"Redis refused the user or password ({text}); correct user= and password= in the connection string.",
            RespErrorCode.NoAuth =>
                $"Redis wants a password ({text}); add password= (and user=) to the connection string.",
            RespErrorCode.NoPermission =>
                $"Redis forbids this user the command or key ({text}); extend the user's ACL.",
            RespErrorCode.OutOfMemory =>
                $"Redis is out of memory ({text}); raise maxmemory or trim streams behind their safe point.",
            RespErrorCode.MisConfigured =>
                $"Redis refuses writes ({text}); mend its disk or persistence settings.",
            RespErrorCode.WrongType =>
                $"The key holds another type ({text}); use a Redis database of Quantum's own or remove the key.",
            RespErrorCode.Moved or RespErrorCode.Ask =>
                $"The key is on another node of a Redis cluster ({text}); ask there.",
            RespErrorCode.MasterDown =>
                $"This replica answers nothing while its master is away ({text}); bring the master back or ask it.",
            RespErrorCode.ClusterDown =>
                $"The Redis cluster does not serve this key ({text}); bring its failed nodes back.",
            RespErrorCode.Loading => $"Redis still loads its data ({text}); try again later.",
            RespErrorCode.Busy => $"A script keeps Redis from answering ({text}); wait, or end it: SCRIPT KILL.",
            RespErrorCode.ReadOnly => $"This is a replica, and nothing is written there ({text}); name its master.",
            RespErrorCode.UnknownCommand =>
                $"This server does not have the command ({text}); it was renamed there, or is a Sentinel or an old "
                + "Redis.",
            RespErrorCode.Denied =>
                $"Redis is in protected mode and turns other machines away ({text}); give it a password, or bind it "
                + "to this network.",
            RespErrorCode.TooManyClients =>
                $"Redis has no room for another client ({text}); raise maxclients, or close idle clients.",
            _ => $"Redis answered an error: {text}",
        };
        if (code is not (RespErrorCode.Moved or RespErrorCode.Ask)
            || !TryRedirect(line, out var slot, out var host, out var port))
        {
            return new RespServerException(code, text, message);
        }

        return new RespServerException(code, text, message) { Slot = slot, RedirectHost = host, RedirectPort = port };
    }

    /// <summary>The same error with what it is about before it.</summary>
    internal RespServerException About(string subject) =>
        new(Code, ServerMessage, subject + Message)
        {
            Slot = Slot, RedirectHost = RedirectHost, RedirectPort = RedirectPort,
        };

    internal static RespErrorCode CodeOf(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        if (word.SequenceEqual("NOGROUP"u8)) return RespErrorCode.NoGroup;
        if (word.SequenceEqual("NOSCRIPT"u8)) return RespErrorCode.NoScript;
        if (word.SequenceEqual("UNBLOCKED"u8)) return RespErrorCode.Unblocked;
        if (word.SequenceEqual("BUSYGROUP"u8)) return RespErrorCode.BusyGroup;
        if (word.SequenceEqual("LOADING"u8)) return RespErrorCode.Loading;
        if (word.SequenceEqual("READONLY"u8)) return RespErrorCode.ReadOnly;
        if (word.SequenceEqual("MASTERDOWN"u8)) return RespErrorCode.MasterDown;
        if (word.SequenceEqual("MOVED"u8)) return RespErrorCode.Moved;
        if (word.SequenceEqual("ASK"u8)) return RespErrorCode.Ask;
        if (word.SequenceEqual("CLUSTERDOWN"u8)) return RespErrorCode.ClusterDown;
        if (word.SequenceEqual("TRYAGAIN"u8)) return RespErrorCode.TryAgain;
        if (word.SequenceEqual("CROSSSLOT"u8)) return RespErrorCode.CrossSlot;
        if (word.SequenceEqual("WRONGPASS"u8)) return RespErrorCode.WrongPass;
        if (word.SequenceEqual("NOAUTH"u8)) return RespErrorCode.NoAuth;
        if (word.SequenceEqual("NOPERM"u8)) return RespErrorCode.NoPermission;
        if (word.SequenceEqual("OOM"u8)) return RespErrorCode.OutOfMemory;
        if (word.SequenceEqual("BUSY"u8)) return RespErrorCode.Busy;
        if (word.SequenceEqual("WRONGTYPE"u8)) return RespErrorCode.WrongType;
        if (word.SequenceEqual("MISCONF"u8)) return RespErrorCode.MisConfigured;
        if (word.SequenceEqual("DENIED"u8)) return RespErrorCode.Denied;
        if (word.SequenceEqual("EXECABORT"u8)) return RespErrorCode.ExecAbort;
        return word.SequenceEqual("ERR"u8) ? CodeOfWords(line[3..]) : RespErrorCode.Other;
    }

    // Some have no word of their own. Their first words have been the same since Redis 2.
    private static RespErrorCode CodeOfWords(ReadOnlySpan<byte> words)
    {
        if (words.StartsWith(" unknown command"u8) || words.StartsWith(" unknown subcommand"u8)
            || words.StartsWith(" Unknown subcommand"u8)) return RespErrorCode.UnknownCommand;
        return words.StartsWith(" max number of clients"u8) ? RespErrorCode.TooManyClients : RespErrorCode.Other;
    }

    /// <summary>
    /// Reads `MOVED 3999 127.0.0.1:6381`; an IPv6 host keeps its colons, an empty host means the same one.
    /// </summary>
    private static bool TryRedirect(ReadOnlySpan<byte> line, out int slot, out string host, out int port)
    {
        slot = 0;
        host = "";
        port = 0;
        var rest = line[(line.IndexOf((byte)' ') + 1)..];
        if (!Utf8Parser.TryParse(rest, out slot, out int used) || slot is < 0 or > 16383) return false;
        if (used >= rest.Length || rest[used] != (byte)' ') return false;
        var address = rest[(used + 1)..];
        var colon = address.LastIndexOf((byte)':');
        if (colon < 0 || !Utf8Parser.TryParse(address[(colon + 1)..], out port, out int portUsed)) return false;
        if (portUsed + colon + 1 != address.Length || port is < 1 or > 65535) return false;
        host = Encoding.UTF8.GetString(address[..colon]).Trim('[', ']');
        return host != "?";
    }
}
