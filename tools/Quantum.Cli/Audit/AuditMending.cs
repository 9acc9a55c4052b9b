using Quantum.Cli.Looking;
using Quantum.EventLog;
using Quantum.Audit;
using Quantum.Resp;

namespace Quantum.Cli.Audit;

/// <summary>
/// Mends what is safe. Each step is one script that looks once more before it writes: a consumer goes only when it
/// holds
/// nothing and no member stands behind it; a lag is repaired only while nobody reads and nothing has changed.
/// </summary>
internal sealed class AuditMending(RespConnection connection, string? groupsAt) : IDisposable
{
    private const string Reap = "#!lua\n" + ActionLog.Note + """
        -- KEYS actions stream members | ARGV group role seat
        local gone, kept = 0, 0
        for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[2], ARGV[1])) do
          local name, pending
          for i = 1, #row, 2 do
            if row[i] == 'name' then name = row[i + 1] end
            if row[i] == 'pending' then pending = row[i + 1] end
          end
          if name ~= ARGV[3] and not redis.call('ZSCORE', KEYS[3], ARGV[2] .. '/' .. name) then
            if pending == 0 then
              redis.call('XGROUP', 'DELCONSUMER', KEYS[2], ARGV[1], name)
              gone = gone + 1
            else
              kept = kept + 1
            end
          end
        end
        note('audit --fix removed ' .. gone .. ' consumers of ' .. KEYS[2] .. ' ' .. ARGV[1])
        return gone .. ' removed' .. (kept > 0 and ', ' .. kept .. ' kept: they hold pending entries' or '')
        """;

    private const string Repair = "#!lua\n" + ActionLog.Note + """
        -- KEYS actions stream lease | ARGV group position added read
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        if tonumber(redis.call('HGET', KEYS[3], 'until') or '0') > now then return 'skipped: its reader lives' end
        local function field(row, name)
          for i = 1, #row, 2 do if row[i] == name then return row[i + 1] end end
        end
        if field(redis.call('XINFO', 'STREAM', KEYS[2]), 'entries-added') ~= tonumber(ARGV[3]) then
          return 'skipped: the stream grew meanwhile'
        end
        for _, row in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
          if field(row, 'name') == ARGV[1] then
            if field(row, 'last-delivered-id') ~= ARGV[2] then return 'skipped: the group moved meanwhile' end
            redis.call('XGROUP', 'SETID', KEYS[2], ARGV[1], ARGV[2], 'ENTRIESREAD', ARGV[4])
            note('audit --fix repaired the lag of ' .. KEYS[2] .. ' ' .. ARGV[1])
            return 'repaired'
          end
        end
        return 'skipped: the group is gone'
        """;

    private const string Make = "#!lua\n" + ActionLog.Note + """
        -- KEYS actions stream | ARGV group at
        redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[1], ARGV[2], 'MKSTREAM')
        note('audit --fix made the group ' .. KEYS[2] .. ' ' .. ARGV[1] .. ' at ' .. ARGV[2])
        return 'made at ' .. ARGV[2]
        """;

    /// <summary>Does every step that is confirmed; gives what became of each.</summary>
    public IReadOnlyList<Mended> Run(AuditReport report, bool yes, bool isJson)
    {
        var steps = new List<Mended>();
        foreach (var stream in report.Streams)
            foreach (var group in stream.Groups)
                foreach (var (what, command) in StepsOf(report.Redis, stream, group))
                    steps.Add(Step(what, command, yes, isJson));
        if (!isJson && steps.Count == 0) Console.Out.WriteLine(Nothing(report.Redis));
        return steps;
    }

    private static string Nothing(RedisFacts redis) => redis.Kind switch
    {
        RedisKind.Replica => $"Nothing is mended at a replica: ./quantum audit --fix --redis {redis.Master}",
        RedisKind.Cluster => "Nothing is mended across a cluster's nodes: the findings name the command of each.",
        _ when !redis.IsQuantum =>
            "This Redis is not marked as Quantum's, so --fix changes nothing here: the findings name the commands.",
        _ => "Nothing here can be mended without a person's judgement.",
    };

    public void Dispose() => connection.Dispose();

    private IEnumerable<(string What, string[] Command)> StepsOf(RedisFacts redis, StreamReport stream,
        GroupReport group)
    {
        if (AuditFix.CanReap(redis, group))
            yield return ($"remove {group.StaleConsumers} stale consumers of {group.Name} that hold nothing",
                ["EVAL", Reap, "3", ActionLog.Key, stream.Name, LogKeys.Members, group.Name, group.Role!,
                    StreamConsumer.Name]);
        if (AuditFix.CanRepairLag(redis, stream, group))
            yield return ($"set the reported lag of {group.Name} from {group.ReportedLag} to {group.Unread}",
                ["EVAL", Repair, "3", ActionLog.Key, stream.Name, LeaseOf(stream, group.Role!), group.Name,
                    group.Position!, Text(stream.EntriesAdded!.Value), Text(stream.EntriesAdded.Value - group.Unread)]);
        if (AuditFix.CanMake(redis, group) && groupsAt is { } at)
            yield return ($"make the group {group.Name} on {stream.Name} at {at}",
                ["EVAL", Make, "2", ActionLog.Key, stream.Name, group.Name, at]);
    }

    private Mended Step(string what, string[] command, bool yes, bool isJson)
    {
        if (!isJson) Console.Out.Write(yes ? what + ": " : what + "? [y/N] ");
        var isWanted = yes || (!isJson && Console.In.ReadLine() is "y" or "Y" or "yes");
        var result = isWanted ? connection.Call(command).ReadString() : "left";
        if (!isJson) Console.Out.WriteLine(result);
        return new Mended(what, result);
    }

    private static string LeaseOf(StreamReport stream, string role)
    {
        var tag = stream.Name.IndexOf(":{", StringComparison.Ordinal);
        return $"quantum:lease:{role}{(tag < 0 ? "" : stream.Name[tag..])}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A step and what became of it.</summary>
internal sealed record Mended(string Step, string Result);
