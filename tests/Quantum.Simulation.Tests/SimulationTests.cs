using Quantum.Simulation.Faults;
using Quantum.Simulation.Tests.Mutations;

namespace Quantum.Simulation.Tests;

/// <summary>
/// Twenty seeds of faults without a checker's failure, the same bytes from the same seed, and a failure that is made
/// short and seen again.
/// </summary>
public class SimulationTests
{
    private const int Minutes = 20;

    // A run that is kept for what its faults do together has no others.
    private static readonly int[] s_ofOld = [.. Enumerable.Range(0, FaultPlan.FirstApart)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_checker_holds(int seed)
    {
        var result = SimulationRun.Of(new SimulationSettings { Seed = seed, Minutes = Minutes });
        Assert.True(
            result.Violation is null,
            $"{result.Violation}: ./quantum simulate --seed {seed} --minutes {Minutes} --trace");
        Assert.True(result.Orders > 0, "nothing was ordered: the run shows nothing.");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        var settings = new SimulationSettings { Seed = 3, Minutes = 10 };
        var first = SimulationRun.Of(settings);
        Assert.NotEmpty(first.Faults);
        Assert.Equal(first.Hash, SimulationRun.Of(settings).Hash);
        Assert.NotEqual(first.Hash, SimulationRun.Of(settings with { Seed = 4 }).Hash);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void State_that_is_kept_as_a_copy_leads_to_the_same_as_state_that_is_written_down(long seed)
    {
        var settings = new SimulationSettings { Seed = seed, Minutes = Minutes };
        var copied = SimulationRun.Of(settings);
        Assert.Contains(copied.FaultTexts, text => text.Contains("Crash", StringComparison.Ordinal));
        Assert.Equal(SimulationRun.Of(settings with { SavesCopies = false }).Hash, copied.Hash);
    }

    [Fact]
    public void State_is_copied_and_the_copy_says_what_was_saved()
    {
        var watch = new CopyWatch();
        var settings = new SimulationSettings
        {
            Seed = 2, Minutes = Minutes, Alterations = new Alterations { Session = watch.Over },
        };
        Assert.Null(SimulationRun.Of(settings).Violation);
        // Its table is a sorted dictionary, and it is seldom saved.
        Assert.Equal(["rl_optimizer optimizer"], watch.WrittenAtOnce);
        Assert.Empty(watch.Differing);
        Assert.True(watch.Copies > 1_000, $"{watch.Copies} copies");
    }

    [Fact]
    public void A_group_that_is_set_back_never_passes_over_what_its_reader_has_not_had()
    {
        // The executor is cut off when its group is set to the newest entry, of which it has had none.
        var result = SimulationRun.Of(new SimulationSettings { Seed = 202, Steps = 275, Faults = s_ofOld });
        Assert.True(result.Violation is null, $"{result.Violation}");
        Assert.Contains(result.FaultTexts, text => text.Contains("GroupSet of executor", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_new_owner_found_pending_is_not_handled_again_when_its_group_is_set_back()
    {
        var result = SimulationRun.Of(new SimulationSettings { Seed = 521, Steps = 485, Faults = s_ofOld });
        Assert.True(result.Violation is null, $"{result.Violation}");
        foreach (var fault in (string[])["TakeOver of ai_engine", "GroupSet of ai_engine"])
            Assert.Contains(result.FaultTexts, text => text.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_that_fills_bit_by_bit_with_a_stop_behind_each_bit_is_protected()
    {
        var result = SimulationRun.Of(new SimulationSettings { Seed = 1473, Steps = 412, Faults = s_ofOld });
        Assert.True(result.Violation is null, $"{result.Violation}");
        Assert.Contains(result.FaultTexts, text => text.Contains("ThinMarket", StringComparison.Ordinal));
    }

    [Fact]
    public void A_close_whose_end_the_accounts_stream_lost_has_its_fills_told()
    {
        var result = SimulationRun.Of(new SimulationSettings { Seed = 1809, Steps = 484, Faults = [41, 44, 50] });
        Assert.True(result.Violation is null, $"{result.Violation}");
        Assert.Contains(result.FaultTexts, text => text.Contains("StreamGap", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cut_run_is_the_beginning_of_the_whole_one()
    {
        var lines = new List<string>();
        var settings = new SimulationSettings { Seed = 5, Minutes = 10, Story = lines.Add };
        SimulationRun.Of(settings);
        string[] whole = [.. lines];
        lines.Clear();
        SimulationRun.Of(settings with { Steps = 40 });
        Assert.NotEmpty(lines);
        Assert.Equal(whole[..lines.Count], lines);
    }

    [Fact]
    public void A_failure_is_made_short_and_seen_again()
    {
        // It fails without any fault, so that none may be left.
        var settings = new SimulationSettings
        {
            Seed = 1, Minutes = 30, Alterations = MutationTests.MutationOf("loosened_stop"),
        };
        var failed = SimulationRun.Of(settings);
        Assert.NotEmpty(failed.Faults);
        var shrunk = Shrinker.Of(settings, failed);
        Assert.Equal(failed.Violation!.Checker, shrunk.Result.Violation!.Checker);
        Assert.Empty(shrunk.Result.Faults);
        Assert.Equal(shrunk.Result.Hash, SimulationRun.Of(shrunk.Settings).Hash);
        Assert.StartsWith("./quantum simulate --seed 1 --minutes 30 --steps ", shrunk.Command);
    }

    [Fact]
    public void A_failure_between_two_steps_keeps_the_faults_that_it_takes()
    {
        var settings = new SimulationSettings
        {
            Seed = 1, Minutes = 30, Alterations = MutationTests.MutationOf("no_query_before_resend"),
        };
        var failed = SimulationRun.Of(settings);
        var shrunk = Shrinker.Of(settings, failed);
        Assert.Equal("one_order", shrunk.Result.Violation!.Checker);
        // One lost answer is enough.
        Assert.Single(shrunk.Result.Faults);
        Assert.True(shrunk.Result.Steps <= failed.Steps);
        Assert.Equal("one_order", SimulationRun.Of(shrunk.Settings).Violation?.Checker);
    }

    [Fact]
    public void A_run_that_is_too_short_says_so() => Assert.Contains(
        "10", Assert.Throws<SimulationException>(
            () => SimulationRun.Of(new SimulationSettings { Seed = 1, Minutes = 9 })).Message);
}
