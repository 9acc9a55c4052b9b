using System.Reflection;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>The Lua scripts of the log, one embedded file each.</summary>
internal sealed class RedisScripts
{
    /// <summary>Tests may alter a script's text to see a guard fail; the product never does.</summary>
    public RedisScripts(Func<string, string, string>? alter = null)
    {
        alter ??= static (_, text) => text;
        Acquire = Load("acquire", alter);
        Renew = Load("renew", alter);
        Fetch = Load("fetch", alter);
        Commit = Load("commit", alter);
        Ensure = Load("ensure", alter);
        Advance = Load("advance", alter);
        Trim = Load("trim", alter);
        TrimTail = Load("trim_tail", alter);
        AppendOnce = Load("append_once", alter);
        Quiet = Load("quiet", alter);
        Members = Load("members", alter);
        Topology = Load("topology", alter);
        Offer = Load("offer", alter);
        Turn = Load("turn", alter);
    }

    public static RedisScripts Default { get; } = new();

    public RespScript Acquire { get; }
    public RespScript Renew { get; }
    public RespScript Fetch { get; }
    public RespScript Commit { get; }
    public RespScript Ensure { get; }
    public RespScript Advance { get; }
    public RespScript Trim { get; }
    public RespScript TrimTail { get; }
    public RespScript AppendOnce { get; }
    public RespScript Quiet { get; }
    public RespScript Members { get; }
    public RespScript Topology { get; }
    public RespScript Offer { get; }
    public RespScript Turn { get; }

    private static RespScript Load(string name, Func<string, string, string> alter)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".lua")
            ?? throw new InvalidOperationException($"the script {name}.lua is not embedded: check the project file.");
        using var reader = new StreamReader(stream);
        return new RespScript(alter(name, reader.ReadToEnd()));
    }
}
