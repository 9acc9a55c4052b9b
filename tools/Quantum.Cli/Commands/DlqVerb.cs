using Quantum.Cli.Looking;
using Quantum.Looking;

namespace Quantum.Cli.Commands;

/// <summary>The dead letters: what could not be handled, and what becomes of it.</summary>
internal static class DlqVerb
{
    private const string Name = "dlq";
    private const string Summary = "dead letters: list and show them, send them again, drop them";

    private const string Explained = """
        Dead letters: what could not be handled. list and show only look; redrive and drop say what
        they would do and do it with --yes. What has expired is not sent again without a new deadline.

        Exit code: 0 none left or done, 1 dead letters or something refused, 2 could not look.

        Examples:
          ./quantum dlq list
          ./quantum dlq show trade.intent 1766219478937-0
          ./quantum dlq redrive trade.intent --all --new-deadline 30 --yes
          ./quantum dlq drop trade.intent 1766219478937-0 --yes
        """;

    private static readonly Argument<string> s_stream = new("stream") { Description = "for example trade.intent" };

    public static Command Create() => new(Name, Explained)
    {
        List(), Show(),
        Change("redrive", "sends letters again as new entries of their stream", isRedrive: true),
        Change("drop", "removes letters for good", isRedrive: false),
    };

    private static Command List()
    {
        var stream = new Argument<string?>("stream")
        {
            Description = "only of this stream", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => null,
        };
        var (redis, json) = (CommonOptions.Redis(), CommonOptions.Json());
        var limit = CommonOptions.Whole("--limit", "the most letters shown", 1, 1_000_000, unlessGiven: 100);
        var command = new Command("list", "lists the newest dead letters") { stream, redis, json, limit };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(stream) is { } name) DeadLetterBox.StreamOf(name);
            using var look = new QuantumRedis(parsed.GetValue(redis));
            var box = new DeadLetterBox(look);
            var boxes = box.Boxes(parsed.GetValue(stream));
            Letter[] letters = [.. box.Letters(boxes, parsed.GetValue(limit)!.Value).Select(Letter.Of)];
            var total = box.Count(boxes);
            if (parsed.GetValue(json)) JsonText.Print(new { total, letters });
            else if (total == 0) Console.Out.WriteLine("no dead letters");
            else Table(letters, total);
            return total == 0 ? ExitCode.Healthy : ExitCode.Findings;
        });
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("id") { Description = "the letter's id, as list shows it" };
        var (redis, json) = (CommonOptions.Redis(), CommonOptions.Json());
        var command = new Command("show", "shows one dead letter with all its fields") { s_stream, id, redis, json };
        command.SetAction(parsed =>
        {
            DeadLetterBox.StreamOf(parsed.GetValue(s_stream)!);
            using var look = new QuantumRedis(parsed.GetValue(redis));
            var box = new DeadLetterBox(look);
            var letter = box.Find(box.Boxes(parsed.GetValue(s_stream)!), parsed.GetValue(id)!);
            var fields = letter.Fields.ToDictionary(f => f.Key, f => f.Value);
            if (parsed.GetValue(json)) JsonText.Print(new { letter.Id, fields });
            else ShownText.Table(Console.Out, [.. letter.Fields.Select(field => new[] { field.Key, field.Value })]);
            return ExitCode.Healthy;
        });
        return command;
    }

    private static Command Change(string name, string what, bool isRedrive)
    {
        var id = new Argument<string?>("id")
        {
            Description = "one letter's id; or give --all", Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        var (redis, json, yes) = (CommonOptions.Redis(), CommonOptions.Json(), CommonOptions.Yes());
        var all = new Option<bool>("--all") { Description = "every dead letter of the stream" };
        var deadline = CommonOptions.Whole(
            "--new-deadline", "seconds from now that expired letters stay valid", 1, 86_400);
        var command = new Command(name, what) { s_stream, id, redis, json, yes, all };
        if (isRedrive) command.Add(deadline);
        command.SetAction(parsed =>
        {
            DeadLetterBox.StreamOf(parsed.GetValue(s_stream)!);
            if (parsed.GetValue(all) == (parsed.GetValue(id) is not null))
                throw new CliException("name one letter by its id, or all with --all.");
            using var look = new QuantumRedis(parsed.GetValue(redis));
            if (parsed.GetValue(yes)) look.RequireMode();
            var box = new DeadLetterBox(look);
            var boxes = box.Boxes(parsed.GetValue(s_stream)!);
            StreamEntry[] letters = parsed.GetValue(all)
                ? [.. box.Letters(boxes, int.MaxValue)]
                : [box.Find(boxes, parsed.GetValue(id)!)];
            var newDeadlineS = isRedrive ? parsed.GetValue(deadline) : null;
            // Oldest first, so that what is sent again keeps its order.
            Outcome[] outcomes =
            [
                .. letters.Reverse()
                    .Select(letter => Do(look, box, letter, isRedrive, newDeadlineS, parsed.GetValue(yes))),
            ];
            Tell(outcomes, parsed.GetValue(json), parsed.GetValue(yes));
            return outcomes.Any(o => o.Refusal is not null) ? ExitCode.Findings : ExitCode.Healthy;
        });
        return command;
    }

    private static Outcome Do(
        QuantumRedis look, DeadLetterBox box, StreamEntry letter, bool isRedrive, long? newDeadlineS, bool yes)
    {
        var refusal = isRedrive ? DeadLetterBox.Refusal(letter, look.SystemNowMs(), newDeadlineS is not null) : null;
        if (refusal is not null || !yes) return new Outcome(letter.Id, letter["dlq_stream"], false, null, refusal);
        const string gone = "it was gone already";
        if (!isRedrive)
        {
            var removed = box.Remove(letter, Environment.UserName);
            return new Outcome(letter.Id, letter["dlq_stream"], removed, null, removed ? null : gone);
        }

        var newId = box.Send(letter, Environment.UserName, newDeadlineS);
        return new Outcome(letter.Id, letter["dlq_stream"], newId is not null, newId, newId is null ? gone : null);
    }

    private static void Tell(Outcome[] outcomes, bool isJson, bool yes)
    {
        if (isJson)
        {
            JsonText.Print(new { dryRun = !yes, letters = outcomes });
            return;
        }

        foreach (var o in outcomes)
        {
            var done = o.NewId is { } id ? $"sent as {id}" : "dropped";
            var said = o.Refusal is { } why ? "refused: " + why : o.Done ? done : "would go";
            Console.Out.WriteLine($"{o.Id}  {o.Stream}  {said}");
        }

        if (!yes) Console.Out.WriteLine(
            $"Nothing was changed: --yes does it ({outcomes.Count(o => o.Refusal is null)} letters).");
    }

    private static void Table(Letter[] letters, long total)
    {
        ShownText.Table(Console.Out,
        [
            ["id", "stream", "reason", "role", "attempts", "time", "text"],
            .. letters.Select(l =>
                new[] { l.Id, l.Stream, l.Reason, l.Role, l.Attempts, ShownText.Time(l.AtMs), l.Text }),
        ]);
        if (total > letters.Length)
            Console.Out.WriteLine($"{letters.Length} of {ShownText.Number(total)} are shown: --limit shows more.");
    }

    /// <summary>What became of a letter.</summary>
    private sealed record Outcome(string Id, string Stream, bool Done, string? NewId, string? Refusal);

    /// <summary>A dead letter without its payload.</summary>
    private sealed record Letter(
        string Id, string Stream, string EntryId, string Reason, string Text, string Role, string Attempts, long AtMs)
    {
        public static Letter Of(StreamEntry e) => new(
            e.Id, e["dlq_stream"], e["dlq_id"], e["dlq_reason"], e["dlq_text"], e["dlq_role"], e["dlq_attempts"],
            long.TryParse(e["dlq_at_ms"], out var ms) ? ms : e.IdMs);
    }
}
