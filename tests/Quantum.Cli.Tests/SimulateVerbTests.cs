using Quantum.Cli.Simulations;
using Quantum.Simulation;

namespace Quantum.Cli.Tests;

/// <summary>A simulation from the command line: a run, its bytes, and what cannot be asked for.</summary>
public sealed class SimulateVerbTests
{
    [Fact]
    public void A_run_of_one_seed_gives_the_same_bytes_again()
    {
        string[] words = ["simulate", "--seed", "4", "--minutes", "10", "--json"];
        var first = CliRun.Of(words);
        Assert.True(first.ExitCode == 0, first.Errors + first.Output);
        Assert.NotNull(HashOf(first));
        Assert.Equal(HashOf(first), HashOf(CliRun.Of(words)));
    }

    [Fact]
    public void A_run_is_told_step_by_step_and_only_with_the_faults_that_are_named()
    {
        var run = CliRun.Of(
            "simulate", "--seed", "4", "--minutes", "10", "--steps", "30", "--faults", "none", "--trace");
        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        Assert.Contains("policy 1", run.Errors);
        Assert.DoesNotContain("fault #", run.Errors);
        Assert.Contains("0 faults", run.Output);
    }

    [Fact]
    public void A_stopped_batch_says_how_to_go_on_behind_the_seeds_that_are_all_run()
    {
        var report = new SimulationReport { FirstSeed = 5, Minutes = 10, Cores = 2 };
        foreach (var seed in (long[])[6, 5, 9]) report.Add(ResultOf(seed));
        Assert.Contains("all before 7 are. Go on with --seed 7 --seeds 8.", report.Stopped(10));
        Assert.Contains("3 of 10 seeds, 0 failed", report.SoFar(10));
        report.Add(ResultOf(8));
        report.Add(ResultOf(7) with { Violation = new Violation("money", "wrong", 1, 1) });
        Assert.Contains("failed: 7; all before 10 are. Go on with --seed 10 --seeds 5.", report.Stopped(10));
    }

    [Theory]
    [InlineData("--steps, --faults and --trace are of one run", "--seeds", "3", "--steps", "5")]
    [InlineData("--faults is '4;9'", "--seed", "1", "--faults", "4;9")]
    [InlineData("--minutes is '5'", "--minutes", "5")]
    public void What_cannot_be_asked_for_is_one_line(string words, params string[] arguments)
    {
        var run = CliRun.Of(["simulate", .. arguments]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors);
    }

    private static SimulationResult ResultOf(long seed) => new()
    {
        Seed = seed, Steps = 1, Hash = "", Violation = null, Faults = [], FaultTexts = [], Entries = 1, Intents = 1,
        Orders = 1, Trades = 1,
    };

    private static string? HashOf(CliRun run) => run.Json.GetProperty("hash").GetString();
}
