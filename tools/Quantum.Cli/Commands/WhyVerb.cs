using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>Why a symbol is not trading.</summary>
internal static class WhyVerb
{
    private const string Name = "why";
    private const string Summary = "why a symbol is not trading: gates, last reasons, kill switch, cooldown, staleness";
    private const int Depth = 2000;

    private const string Explained = """
        Why a symbol is not trading: what each role refused and how often, the last reason of each, the policy in force,
        the symbol's cooldown and how old its newest tick, signal, intent and result are.

        Exit code: 0 shown, 1 nothing is known of the symbol, 2 could not look.

        Examples:
          ./quantum why BTCUSDT
          ./quantum why BTCUSDT --json
        """;

    private static readonly (string What, EventStream Stream)[] s_signs =
    [
        ("tick", StreamCatalog.MarketTick),
        ("candle", StreamCatalog.MarketKlines),
        ("signal", StreamCatalog.SignalGenerated),
        ("intent", StreamCatalog.TradeIntent),
        ("result", StreamCatalog.ExecutionResult),
    ];

    private static readonly string[] s_details = ["side", "confidence", "outcome", "reason_code", "reason"];

    public static Command Create()
    {
        var symbol = new Argument<string>("symbol") { Description = "for example BTCUSDT" };
        var redis = CommonOptions.Redis();
        var json = CommonOptions.Json();
        var command = new Command(Name, Explained) { symbol, redis, json };
        command.SetAction(parsed =>
        {
            var name = CommonOptions.SymbolOf(parsed.GetValue(symbol)!).Name;
            using var look = new QuantumRedis(parsed.GetValue(redis));
            look.RequireMark();
            var gates = ClosedGate.All(look, name);
            var signs = s_signs.Select(s => Sign(look, s.What, s.Stream, name)).ToArray();
            var policy = PolicyInForce.Of(look);
            var cooldownUntilMs = EntryBlocks.CooldownUntilMs(look, name);
            var blocks = Blocks(look, policy, cooldownUntilMs);
            if (parsed.GetValue(json))
                JsonText.Print(new { symbol = name, blocks, gates, newest = signs, cooldownUntilMs });
            else
                Show(name, blocks, gates, signs);
            return gates.Count == 0 && signs.All(s => s.AtMs is null) ? ExitCode.Findings : ExitCode.Healthy;
        });
        return command;
    }

    private static Newest Sign(QuantumRedis look, string what, EventStream stream, string symbol)
    {
        var entry = look.Last(stream, Depth).FirstOrDefault(e => e["symbol"] == symbol);
        if (entry is null)
        {
            // Not among the newest is not never.
            var isWhole = look.Keys.KeysOf(stream).All(key => look.Length(key) <= Depth);
            return new Newest(what, null, null, isWhole ? "" : $"not among the newest {Depth} entries", isWhole);
        }

        var detail = string.Join(" ", s_details.Select(n => entry[n]).Where(v => v.Length > 0)) + Worth(entry);
        return new Newest(what, entry.AtMs, Math.Max(0, look.NowMs - entry.IdMs), detail);
    }

    /// <summary>What a signal or intent expects after costs, and what it costs; empty where it does not say.</summary>
    private static string Worth(StreamEntry entry)
    {
        if (NumberOf(entry, "expected_r") is not { } expected) return "";
        var text = FormattableString.Invariant($", expects {expected:0.000} R after costs");
        if (NumberOf(entry, "expected_r_error") is { } error)
            text += FormattableString.Invariant($" ({expected - error:0.000} R less its error)");
        if (NumberOf(entry, "round_trip_cost_fraction") is { } cost && NumberOf(entry, "stop_fraction") is { } stop)
            text += FormattableString.Invariant($", cost {cost:0.00000} of the price, {cost / stop:0.00} of the risk");
        if (entry["model_in_force"] == "false") text += ", model not in force";
        return entry["exploration"] == "true" ? text + ", made to learn" : text;
    }

    private static double? NumberOf(StreamEntry entry, string field) =>
        double.TryParse(entry[field], CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<string> Blocks(QuantumRedis look, PolicyInForce? policy, long cooldownUntilMs)
    {
        var blocks = EntryBlocks.Of(look, policy, FeedNow.Of(look)).ToList();
        // Asked only where there is a cooldown: a tape before its first step has no time.
        if (cooldownUntilMs > 0 && cooldownUntilMs > look.SystemNowMs())
            blocks.Add($"cooldown until {ShownText.Time(cooldownUntilMs)}");
        return blocks;
    }

    private static void Show(string symbol, List<string> blocks, IReadOnlyList<ClosedGate> gates, Newest[] signs)
    {
        Console.Out.WriteLine(
            blocks.Count == 0 ? $"{symbol}: nothing blocks entries as a whole." : $"{symbol} is blocked:");
        foreach (var block in blocks) Console.Out.WriteLine("  " + block);
        Console.Out.WriteLine();
        ShownText.Table(Console.Out,
        [
            ["newest", "age", "time", ""],
            .. signs.Select(s => new[]
            {
                s.What, s.AgeMs is not null ? ShownText.Age(s.AgeMs) : s.IsWhole ? "never" : "?",
                ShownText.Time(s.AtMs ?? 0), s.Detail,
            }),
        ]);
        Console.Out.WriteLine();
        ShownText.Table(Console.Out,
        [
            ["role", "gate", "reason", "times", "last", "figures", "because"],
            .. gates.Select(g => new[]
            {
                g.Role, g.Counter, g.Reason, ShownText.Number(g.Times), ShownText.Time(g.LastAtMs ?? 0), g.Figures,
                g.Meaning,
            }),
        ]);
    }

    /// <summary>The newest entry of a kind for the symbol.</summary>
    private sealed record Newest(string What, long? AtMs, long? AgeMs, string Detail, bool IsWhole = true);
}
