namespace Quantum.Looking;

/// <summary>Where every change by hand is noted, in the same step that makes it: the newest 10,000.</summary>
public static class ActionLog
{
    public const string Key = "quantum:cli:actions";

    /// <summary>Lua: notes <c>what</c> with the server's time. KEYS[1] is the log.</summary>
    public const string Note = """
        local function note(what)
          local t = redis.call('TIME')
          redis.call('LPUSH', KEYS[1], string.format('%d', t[1] * 1000 + math.floor(t[2] / 1000)) .. ' ' .. what)
          redis.call('LTRIM', KEYS[1], 0, 9999)
        end

        """;
}
