namespace Quantum.Looking;

/// <summary>
/// Where changes by hand are noted: those of the tools that write keys, in the same step, and the console's, just
/// before. The newest 10,000.
/// </summary>
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

    /// <summary>Notes what is about to be done.</summary>
    public static void Add(SystemRedis look, string what)
    {
        ArgumentNullException.ThrowIfNull(look);
        look.Run("#!lua\n" + Note + "note(ARGV[1])", [Key], [what]).ThrowIfError();
    }

    /// <summary>The newest notes, newest first: the server's time, UTC epoch ms, a blank, and what was done.</summary>
    public static IReadOnlyList<string> Newest(SystemRedis look, int count)
    {
        ArgumentNullException.ThrowIfNull(look);
        var reply = look.Ask("LRANGE", Key, "0", (count - 1).ToString(CultureInfo.InvariantCulture));
        var notes = new List<string>();
        for (var left = reply.ReadArray(); left > 0; left--) notes.Add(reply.ReadString());
        return notes;
    }
}
