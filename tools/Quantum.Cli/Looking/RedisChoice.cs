using Quantum.Resp;

namespace Quantum.Cli.Looking;

/// <summary>What named the Redis that a verb asks.</summary>
internal enum RedisSource
{
    Option,
    Run,
    Environment,
    Default,
}

/// <summary>
/// Which Redis a verb asks, the same for every verb: what <c>--redis</c> names, else that of this folder's run, else
/// that of <c>ConnectionStrings__redis</c>, else the one on this machine. A password need not be on the command line:
/// the variable may have it.
/// </summary>
/// <param name="Endpoint">Where it is.</param>
/// <param name="Source">What named it.</param>
/// <param name="SystemId">The id of this folder's system; null when it never had one.</param>
/// <param name="Note">What was chosen and why, where something else might be expected; null where it is plain.</param>
internal sealed record RedisChoice(RespEndpoint Endpoint, RedisSource Source, string? SystemId, string? Note)
{
    private const string Variable = "ConnectionStrings__redis";
    private const string OnThisMachine = "localhost:6379";

    // Who waits at a screen wants to know that the server still loads, not to wait for it.
    private const int LoadingTimeoutMs = 2_000;

    /// <summary>Chooses, and says on standard error what is not plain.</summary>
    public static RedisChoice Make(string? option)
    {
        var choice = Of(option, Environment.GetEnvironmentVariable(Variable), RunFolder.Here);
        if (choice.Note is { } note) Console.Error.WriteLine("quantum: " + note);
        return choice;
    }

    /// <summary>
    /// The choice alone. Throws <see cref="CliException"/> while the folder's run has not told its Redis: another one
    /// is not meant.
    /// </summary>
    internal static RedisChoice Of(string? option, string? variable, RunFolder folder)
    {
        var id = folder.SystemId;
        if (option is not null) return new RedisChoice(OfOption(option, variable), RedisSource.Option, id, null);
        var isSet = !string.IsNullOrWhiteSpace(variable);
        if (folder.IsRunning)
        {
            var connection = folder.Connection ?? throw new CliException(
                "the run of this folder is starting or ending and tells no Redis: try again in a moment, or name one "
                + "with --redis host:port.");
            var ofRun = new RedisChoice(
                Parse(connection, folder.ConnectionPath, folder.RedisRoot), RedisSource.Run, id, null);
            return isSet && variable!.Trim() != connection
                ? ofRun with
                {
                    Note = $"asking the Redis of this folder's run, {ofRun.Address}, not the one in {Variable}; "
                        + "--redis names another.",
                }
                : ofRun;
        }

        var ended = folder.HasConnection
            ? $"{folder.ConnectionPath} is of a run that has ended, so it is skipped; "
            : null;
        var choice = isSet
            ? new RedisChoice(Parse(variable!, Variable), RedisSource.Environment, id, null)
            : new RedisChoice(Parse(OnThisMachine, "the default"), RedisSource.Default, id, null);
        return ended is null
            ? choice
            : choice with { Note = ended + $"asking {choice.Address} ({choice.SourceName})." };
    }

    /// <summary>Host and port.</summary>
    public string Address => $"{Endpoint.Host}:{Endpoint.Port}";

    /// <summary>What named it, in words.</summary>
    public string SourceName => Source switch
    {
        RedisSource.Option => "--redis",
        RedisSource.Run => "this folder's run",
        RedisSource.Environment => Variable,
        _ => "the default",
    };

    /// <summary>
    /// Throws when a Redis marked as this owner's is another system's than this folder's: a word to it would steer
    /// what nobody here runs. What <c>--redis</c> names is meant.
    /// </summary>
    public void RequireOwn(string? owner)
    {
        if (Source == RedisSource.Option || string.IsNullOrEmpty(owner) || owner == SystemId) return;
        throw new CliException(
            $"Redis at {Address} ({SourceName}) holds the system of another folder ({owner}), so nothing is said or "
            + $"changed there: run the verb in that folder, or name it with --redis {Address} if you mean it.");
    }

    // What a command line holds, every list of processes shows. Whoever names a server there without its password has
    // it from the variable, where that names the same one.
    private static RespEndpoint OfOption(string option, string? variable)
    {
        var named = Parse(option, "--redis");
        if (named.Password is not null || string.IsNullOrWhiteSpace(variable)) return named;
        try
        {
            var known = Parse(variable, Variable);
            if ((known.Host, known.Port) != (named.Host, named.Port) || (named.User ?? known.User) != known.User)
                return named;
            return named with
            {
                User = known.User ?? named.User, Password = known.Password, UseTls = named.UseTls || known.UseTls,
                TlsHost = named.TlsHost ?? known.TlsHost,
            };
        }
        catch (FormatException)
        {
            // It is of no concern: the server was named.
            return named;
        }
    }

    private static RespEndpoint Parse(string text, string source, string? root = null)
    {
        var endpoint = RespEndpoint.Parse(text, source) with
        {
            ClientName = "quantum:cli", LoadingTimeoutMs = LoadingTimeoutMs,
        };
        return root is null ? endpoint : endpoint with { TrustedRoots = RespEndpoint.RootsOf(root) };
    }
}
