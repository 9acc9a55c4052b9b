using Quantum.Cli.Looking;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Cli.Commands;

/// <summary>Takes waiting intents out of the way of an executor that is not running.</summary>
internal static class DrainVerb
{
    private const string Name = "drain";
    private const string Summary = "moves waiting intents out of the executor's way, by age, symbol or confidence";
    private const int Batch = 200;
    private const string Reason = "drained";

    private const string Explained = """
        Moves intents that wait for the executor into the dead letters, so that it starts with a short
        queue. Chosen by age, symbol and confidence; what is not chosen stays for the executor, in order.
        Only while no executor lives: a live one answers every intent itself.
        Nothing is lost: `dlq redrive` sends one again. Shown first, done with --yes, and noted.

        Exit code: 0 done or nothing to do, 1 the executor lives, 2 could not look.

        Examples:
          ./quantum drain
          ./quantum drain --older-than 30 --yes
          ./quantum drain --symbol NEARUSDT --below-confidence 0.6 --yes
        """;

    private const string Script = "#!lua\n" + ActionLog.Note + """
        -- KEYS actions lease deadLetters stream | ARGV group seat count by reason wanted...
        -- Reads so many; what is wanted goes to the dead letters and is acknowledged, the rest is pending for the seat.
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        if tonumber(redis.call('HGET', KEYS[2], 'until') or '0') > now then return -1 end
        local wanted = {}
        for i = 6, #ARGV do wanted[ARGV[i]] = true end
        local count = tonumber(ARGV[3])
        local read = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', count, 'STREAMS', KEYS[4], '>')
        local moved = 0
        for _, entry in ipairs(read and read[1][2] or {}) do
          if wanted[entry[1]] then
            redis.call('XADD', KEYS[3], '*', 'dlq_stream', KEYS[4], 'dlq_id', entry[1], 'dlq_reason', ARGV[5],
              'dlq_text', 'taken out by hand', 'dlq_role', ARGV[4], 'dlq_attempts', '1',
              'dlq_at_ms', string.format('%d', now), unpack(entry[2]))
            redis.call('XACK', KEYS[4], ARGV[1], entry[1])
            moved = moved + 1
          end
        end
        note(ARGV[4] .. ' drain ' .. KEYS[4] .. ' ' .. moved)
        return moved
        """;

    public static Command Create()
    {
        var (redis, json, yes) = (CommonOptions.Redis(), CommonOptions.Json(), CommonOptions.Yes());
        var older = CommonOptions.Number(
            "--older-than", "only intents older than this", "seconds", least: 0, most: 1e9, unlessGiven: 0);
        var symbol = new Option<string?>("--symbol") { Description = "only intents of this symbol" };
        var below = CommonOptions.Number(
            "--below-confidence", "only intents below this", "0 to 1", least: 0, most: 1);
        var command = new Command(Name, Explained) { redis, json, yes, older, symbol, below };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(symbol) is { } text ? CommonOptions.SymbolOf(text).Name : null;
            using var look = new QuantumRedis(parsed.GetValue(redis));
            look.RequireMark();
            var choice = new Choice(
                look.SystemNowMs() - (long)(parsed.GetValue(older)!.Value * 1000),
                named,
                parsed.GetValue(below));
            var isDone = parsed.GetValue(yes);
            if (isDone) look.RequireMode();
            Drained[] drained =
            [
                .. look.Keys.SeatsOf(RoleNames.Executor)
                    .SelectMany(seat => look.Keys.LinksOf(seat, StreamCatalog.TradeIntent), (seat, link) =>
                        One(look, seat, link, choice, isDone)),
            ];
            Tell(drained, parsed.GetValue(json), isDone);
            return drained.Any(d => d.ExecutorLives) ? ExitCode.Findings : ExitCode.Healthy;
        });
        return command;
    }

    private static Drained One(QuantumRedis look, RoleSeat seat, LogLink link, Choice choice, bool isDone)
    {
        if (look.IsHeld(seat)) return new Drained(link.StreamKey, 0, 0, 0, true);
        var position = look.Position(link.StreamKey, link.Group);
        var last = look.Last(link.StreamKey)?.Id;
        var (chosen, kept, moved) = (0L, 0L, 0L);
        while (position is not null && last is not null)
        {
            // Up to what was the last entry at the start: the queue may grow meanwhile.
            StreamEntry[] page =
            [
                .. look.After(link.StreamKey, position, Batch).Where(e => EntryId.Parse(e.Id) <= EntryId.Parse(last)),
            ];
            if (page.Length == 0) break;
            string[] wanted = [.. page.Where(choice.Wants).Select(entry => entry.Id)];
            (chosen, kept) = (chosen + wanted.Length, kept + page.Length - wanted.Length);
            if (isDone)
            {
                var result = Move(look, seat, link, page.Length, wanted);
                if (result < 0) return new Drained(link.StreamKey, chosen, kept, moved, true);
                moved += result;
            }

            position = page[^1].Id;
        }

        return new Drained(link.StreamKey, chosen, kept, moved, false);
    }

    private static long Move(QuantumRedis look, RoleSeat seat, LogLink link, int count, string[] wanted) =>
        look.Run(
            Script,
            [ActionLog.Key, look.Keys.Lease(seat), look.Keys.DeadLetters(link.Stream, seat.Shard), link.StreamKey],
            [
                link.Group, StreamConsumer.Name, count.ToString(CultureInfo.InvariantCulture),
                Environment.UserName, Reason, .. wanted,
            ]).ReadInteger();

    private static void Tell(Drained[] drained, bool isJson, bool isDone)
    {
        if (isJson)
        {
            JsonText.Print(new { dryRun = !isDone, streams = drained });
            return;
        }

        foreach (var d in drained)
        {
            Console.Out.WriteLine(d.ExecutorLives
                ? $"{d.Stream}: the executor lives and answers every intent itself; stop it first."
                : $"{d.Stream}: {d.Chosen} {(isDone ? $"chosen, {d.Moved} moved to the dead letters" : "would go")}, "
                  + $"{d.Kept} stay.");
        }

        if (!isDone) Console.Out.WriteLine("Nothing was changed: --yes does it.");
    }

    /// <summary>Which intents go.</summary>
    private sealed record Choice(long BeforeMs, string? Symbol, double? BelowConfidence)
    {
        public bool Wants(StreamEntry intent)
        {
            if (intent.AtMs > BeforeMs) return false;
            if (Symbol is not null
                && !intent["symbol"].Equals(Symbol, StringComparison.OrdinalIgnoreCase)) return false;
            return BelowConfidence is not { } limit
                || (double.TryParse(intent["confidence"], CultureInfo.InvariantCulture, out var c) && c < limit);
        }
    }

    /// <summary>What became of a stream's queue, in entries.</summary>
    private sealed record Drained(string Stream, long Chosen, long Kept, long Moved, bool ExecutorLives);
}
