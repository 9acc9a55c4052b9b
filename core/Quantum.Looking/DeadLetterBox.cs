using Quantum.EventLog.Runner;
using Quantum.Resp;

namespace Quantum.Looking;

/// <summary>The dead letters of a system: reads them, sends one again or drops it, each change in one step.</summary>
public sealed class DeadLetterBox(SystemRedis look)
{
    /// <summary>The longest that a letter may be valid anew, in seconds from now.</summary>
    public const int MostDeadlineS = 86_400;

    private const string OwnPrefix = "dlq_";

    private const string Redrive = "#!lua\n" + ActionLog.Note + """
        -- KEYS actions deadLetters stream | ARGV id by name value...
        if #redis.call('XRANGE', KEYS[2], ARGV[1], ARGV[1]) == 0 then return '' end
        local id = redis.call('XADD', KEYS[3], '*', unpack(ARGV, 3))
        redis.call('XDEL', KEYS[2], ARGV[1])
        note(ARGV[2] .. ' redrive ' .. KEYS[2] .. ' ' .. ARGV[1] .. ' as ' .. id)
        return id
        """;

    private const string Drop = "#!lua\n" + ActionLog.Note + """
        -- KEYS actions deadLetters | ARGV id by
        if redis.call('XDEL', KEYS[2], ARGV[1]) == 0 then return '' end
        note(ARGV[2] .. ' drop ' .. KEYS[2] .. ' ' .. ARGV[1])
        return ARGV[1]
        """;

    /// <summary>The boxes of a stream, or of all: the keys that the system's topology gives them.</summary>
    public IReadOnlyList<string> Boxes(string? stream)
    {
        var wanted = stream is null ? StreamCatalog.All : [StreamOf(stream)];
        look.RequireMark();
        return [.. wanted.SelectMany(look.Keys.DeadLettersOf)];
    }

    /// <summary>A stream by its name or key; <see cref="LookException"/> for one that there is not.</summary>
    public static EventStream StreamOf(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var name = stream.StartsWith(EventStream.KeyPrefix, StringComparison.Ordinal)
            ? stream[EventStream.KeyPrefix.Length..]
            : stream;
        return StreamCatalog.Find(name)
            ?? throw new LookException($"'{stream}' is no stream of the catalog; ./quantum flow lists them.");
    }

    /// <summary>How many there are.</summary>
    public long Count(IEnumerable<string> boxes) => boxes.Sum(look.Length);

    /// <summary>The newest first, whichever box they are in.</summary>
    public IEnumerable<StreamEntry> Letters(IEnumerable<string> boxes, int most) =>
        boxes.SelectMany(box => look.Newest(box, most)).OrderByDescending(letter => letter.IdMs).Take(most);

    /// <summary>Why a letter was put aside, in words; its code where there are none.</summary>
    public static string Why(StreamEntry letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter["dlq_text"] is { Length: > 0 } text ? text : letter["dlq_reason"];
    }

    /// <summary>One by its id; throws <see cref="LookException"/> when there is none.</summary>
    public StreamEntry Find(IReadOnlyList<string> boxes, string id) => TryFind(boxes, id)
        ?? throw new LookException($"no dead letter has the id '{id}'; ./quantum dlq list shows them.");

    /// <summary>The same; null when there is none.</summary>
    public StreamEntry? TryFind(IReadOnlyList<string> boxes, string id)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return StreamEntry.IsId(id)
            ? boxes.Select(box => look.Find(box, id)).FirstOrDefault(letter => letter is not null)
            : null;
    }

    /// <summary>Why a letter cannot be sent again as it is; null when it can.</summary>
    public static string? Refusal(StreamEntry letter, long nowMs, bool hasNewDeadline)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var own = letter.Fields.Count(field => !field.Key.StartsWith(OwnPrefix, StringComparison.Ordinal));
        if (letter["dlq_reason"] == DeadLetters.Foreign)
            return "the venue told it and nobody here understands it: look at dlq_payload, then drop it";
        if (own == 0) return "its content is lost: there is nothing to send";
        if (StreamOf(letter) is not { } stream) return $"its stream '{letter["dlq_stream"]}' is not in the catalog";
        if (stream == StreamCatalog.OrderCommand)
            return "an order that is sent again by hand passes no gate: the executor asks what became of it, and "
                + "sends again what is still wanted; drop it";
        if (hasNewDeadline || stream.FreshnessLimit is not { } limit) return null;
        var ageMs = nowMs - letter.AtMs;
        return ageMs <= limit.TotalMilliseconds
            ? null
            : $"it is {TimeText.Age(ageMs)} old and {stream.Name} expires after "
              + $"{TimeText.Age((long)limit.TotalMilliseconds)}: --new-deadline SECONDS sends it as new";
    }

    /// <summary>Sends a letter again under a new event id; gives its new entry id, or null when somebody was
    /// faster.</summary>
    public string? Send(StreamEntry letter, string by, long? newDeadlineS)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var now = look.SystemNowMs();
        var fields = new List<string>();
        foreach (var (name, value) in letter.Fields)
        {
            if (name.StartsWith(OwnPrefix, StringComparison.Ordinal)) continue;
            fields.Add(name);
            fields.Add((name, newDeadlineS) switch
            {
                ("event_id", _) => value + "#r" + letter.Id,
                ("ts", not null) => Text(now),
                ("deadline_ms", { } seconds) => Text(now + seconds * 1000),
                _ => value,
            });
        }

        return Run(Redrive, [ActionLog.Key, letter.Key, letter["dlq_stream"]], [letter.Id, by, .. fields]);
    }

    /// <summary>False when somebody was faster.</summary>
    public bool Remove(StreamEntry letter, string by)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return Run(Drop, [ActionLog.Key, letter.Key], [letter.Id, by]) is not null;
    }

    private static EventStream? StreamOf(StreamEntry letter) =>
        StreamCatalog.All.FirstOrDefault(stream => letter["dlq_stream"] is var key
            && (key == stream.Key || key.StartsWith(stream.Key + ":{", StringComparison.Ordinal)));

    private string? Run(string script, string[] keys, string[] arguments)
    {
        look.RequireMode();
        var reply = look.Run(script, keys, arguments);
        return reply.ReadString() is { Length: > 0 } id ? id : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
