using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>One intent, order or trade across all streams.</summary>
internal static class TraceVerb
{
    private const string Name = "trace";
    private const string Summary = "one intent, order or trade across all streams, step by step with latencies";

    private const string Explained = """
        One intent, order or trade across all streams: each step with its time, the latency since the step before,
        the decision with its reason, and the model and policy versions. ID is the id of an event, intent, signal,
        order, position or trade. Where the system is traced, the trace's id follows, and while a dashboard runs the
        address of its page.

        Exit code: 0 found, 1 not found, 2 could not look.

        Examples:
          ./quantum trace 1766219478937-0.ai_engine.0
          ./quantum trace x-3f2a --json --depth 100000
        """;

    private static readonly string[] s_shown =
    [
        "side", "action", "type", "purpose", "status", "kind", "outcome", "reason_code", "reason", "confidence",
        "quantity", "filled_quantity", "average_price", "leverage", "position_size_usd", "pnl_usd", "model",
        "model_version", "policy_version",
    ];

    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "of an event, intent, signal, order, position or trade" };
        var redis = CommonOptions.Redis();
        var json = CommonOptions.Json();
        var depth = CommonOptions.Whole(
            "--depth", "newest entries of each stream that are searched", 1, 10_000_000, unlessGiven: 20_000);
        var command = new Command(Name, Explained) { id, redis, json, depth };
        command.SetAction(parsed =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            var wanted = parsed.GetValue(id)!;
            look.RequireMark();
            var most = parsed.GetValue(depth)!.Value;
            var chain = EventChain.Of(look, wanted, most);
            var (steps, notSearched) = (Steps(chain.Links), chain.NotSearchedWhole);
            var traces = SeenTrace.Of(chain.Links.Select(link => link.Entry), RunningDashboard.Find());
            if (parsed.GetValue(json))
                JsonText.Print(new { id = wanted, steps, traces, depth = most, notSearchedWhole = notSearched });
            else Show(wanted, steps, traces, most, notSearched);
            return steps.Count == 0 ? ExitCode.Findings : ExitCode.Healthy;
        });
        return command;
    }

    private static List<Step> Steps(IReadOnlyList<(EventStream Stream, StreamEntry Entry)> chain)
    {
        var steps = new List<Step>();
        foreach (var (stream, entry) in chain)
        {
            var latencyMs = steps.Count == 0 ? 0 : entry.IdMs - steps[^1].StoredAtMs;
            var facts = s_shown.Where(name => entry[name].Length > 0).ToDictionary(name => name, name => entry[name]);
            steps.Add(new Step(
                entry.AtMs, entry.IdMs, latencyMs, stream.Name, entry["source"], entry["symbol"], entry["event_id"],
                entry.Id, facts));
        }

        return steps;
    }

    private static void Show(
        string id, List<Step> steps, IReadOnlyList<SeenTrace> traces, int depth,
        IReadOnlyList<string> notSearched)
    {
        if (steps.Count == 0)
        {
            Console.Out.WriteLine(notSearched.Count == 0
                ? $"'{id}' is in no stream."
                : $"'{id}' is in none of the newest {depth} entries of any stream; --depth looks further back.");
            return;
        }

        ShownText.Table(Console.Out,
        [
            ["time", "after", "stream", "by", "symbol", "what"],
            .. steps.Select(s => new[]
            {
                ShownText.Time(s.AtMs), "+" + ShownText.Age(s.LatencyMs), s.Stream, s.Source, s.Symbol,
                string.Join(" ", s.Facts.Select(f => $"{f.Key}={f.Value}")),
            }),
        ]);
        Console.Out.WriteLine($"{steps.Count} steps in {ShownText.Age(steps[^1].StoredAtMs - steps[0].StoredAtMs)}.");
        foreach (var trace in traces) Console.Out.WriteLine($"trace {trace.TraceId} {trace.Dashboard}".TrimEnd());
        if (notSearched.Count > 0)
            Console.Out.WriteLine(
                $"Only the newest {depth} entries were searched of {string.Join(", ", notSearched)}: "
                + "--depth looks further back.");
    }

    /// <summary>One event of the chain; times in UTC epoch ms, the latency since the step before in ms.</summary>
    private sealed record Step(
        long AtMs, long StoredAtMs, long LatencyMs, string Stream, string Source, string Symbol, string EventId,
        string EntryId, IReadOnlyDictionary<string, string> Facts);
}
