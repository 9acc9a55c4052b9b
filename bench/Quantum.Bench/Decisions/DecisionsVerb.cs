using Quantum.Feeds.Recorded;

namespace Quantum.Bench.Decisions;

/// <summary>
/// `decisions`: is what the chain does worth doing? A recorded week must cost next to nothing, a market with a planted
/// edge must pay, one without must not be traded.
/// </summary>
internal static class DecisionsVerb
{
    private const double BpsPerUnit = 10_000;
    private static readonly Lock s_telling = new();

    public static int Run(string[] given)
    {
        if (DecisionsOptions.TryParse(given, out var options) is { } fault) return Program.Usage(fault);
        return Figure.Print(Figures(options), options.Json);
    }

    private static IEnumerable<Figure> Figures(DecisionsOptions options)
    {
        var parts = options.Only is { } only ? [only] : DecisionsOptions.Parts;
        if (parts.Contains("recorded"))
            foreach (var figure in Recorded(options.Data ?? SharedRecordings.Folder("klines-1m"))) yield return figure;
        if (parts.Contains("edge"))
            foreach (var figure in Edge(options)) yield return figure;
        if (parts.Contains("no-edge"))
            foreach (var figure in NoEdge(options)) yield return figure;
    }

    private static IEnumerable<Figure> Recorded(string? folder)
    {
        if (folder is null)
        {
            Console.Error.WriteLine("no recorded candles: name a folder with --data");
            yield break;
        }

        var run = DecisionRun.Of(
            RecordedFeed.Open(new RecordedSettings { Path = folder }));
        Tell("recorded", 0, run);
        yield return new Figure("decisions_recorded_gain", run.Gain * BpsPerUnit, "bps");
        yield return new Figure("decisions_recorded_trades", run.Trades, "trades");
        yield return new Figure("decisions_recorded_worthless", run.Worthless, "trades");
        yield return new Figure("decisions_recorded_explored", run.Explored, "trades");
        yield return new Figure("decisions_recorded_explored_gain", run.ExploredUsd, "USD");
        yield return new Figure("decisions_recorded_models", run.Models, "models");
        yield return new Figure("decisions_recorded_in_force", run.InForce, "models");
        yield return new Figure("decisions_recorded_silent_streams", run.Silent.Count, "streams");
    }

    private static IEnumerable<Figure> Edge(DecisionsOptions options)
    {
        var runs = OverSeeds(options, seed =>
        {
            using var tape = new GeneratedTape(seed, options.Edge, options.Days);
            var run = DecisionRun.Of(tape.Open());
            Tell("edge", seed, run);
            var oracle = DecisionRun.Of(tape.Open(), () => new OracleRole(tape.Expected));
            Tell("oracle", seed, oracle);
            return (Run: run, Oracle: oracle);
        });
        var gains = runs.Select(pair => pair.Run.GainUsd).ToList();
        var oracle = runs.Select(pair => pair.Oracle.GainUsd).ToList();
        yield return new Figure("decisions_edge_mean_gain", gains.Average(), "USD");
        yield return new Figure("decisions_edge_t", TOf(gains), "t");
        yield return new Figure("decisions_edge_trades", runs.Sum(pair => pair.Run.Trades), "trades");
        yield return new Figure("decisions_edge_worthless", runs.Sum(pair => pair.Run.Worthless), "trades");
        yield return new Figure("decisions_edge_in_force", runs.Count(pair => pair.Run.InForce > 0), "seeds");
        yield return new Figure("decisions_edge_oracle_mean_gain", oracle.Average(), "USD");
        yield return new Figure("decisions_edge_oracle_t", TOf(oracle), "t");
        yield return new Figure("decisions_edge_share_of_oracle", gains.Average() / oracle.Average(), "ratio");
    }

    private static IEnumerable<Figure> NoEdge(DecisionsOptions options)
    {
        var runs = OverSeeds(options, seed =>
        {
            using var tape = new GeneratedTape(seed, 0, options.Days);
            var run = DecisionRun.Of(tape.Open());
            Tell("no-edge", seed, run);
            return run;
        });
        yield return new Figure("decisions_no_edge_mean_gain", runs.Average(run => run.Gain) * BpsPerUnit, "bps");
        yield return new Figure("decisions_no_edge_least_gain", runs.Min(run => run.Gain) * BpsPerUnit, "bps");
        yield return new Figure("decisions_no_edge_traded", runs.Count(run => run.Trades > 0), "seeds");
        yield return new Figure("decisions_no_edge_in_force", runs.Count(run => run.InForce > 0), "seeds");
        yield return new Figure("decisions_no_edge_worthless", runs.Sum(run => run.Worthless), "trades");
    }

    // Each market is a run of its own; nothing of one is known to another.
    private static TResult[] OverSeeds<TResult>(DecisionsOptions options, Func<ulong, TResult> run)
    {
        var results = new TResult[options.Seeds];
        Parallel.For(
            0, options.Seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => results[i] = run(options.First + (ulong)i));
        return results;
    }

    private static double TOf(List<double> values)
    {
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        return mean / Math.Sqrt(variance / values.Count);
    }

    private static void Tell(string part, ulong seed, DecisionRun run)
    {
        lock (s_telling) TellNow(part, seed, run);
    }

    private static void TellNow(string part, ulong seed, DecisionRun run)
    {
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{part} {seed}: {run.GainUsd:0.00} USD, {run.Trades} trades, {run.Explored} explored ")
            + FormattableString.Invariant($"({run.ExploredUsd:0.00} USD), {run.InForce} of {run.Models} models in ")
            + FormattableString.Invariant($"force, evidence {run.MostEvidence:0.0}"));
        Console.Error.WriteLine("  " + string.Join(", ", run.Refusals.Select(pair => $"{pair.Key} {pair.Value}")));
        if (run.Silent.Count > 0) Console.Error.WriteLine("  silent: " + string.Join(", ", run.Silent));
    }
}
