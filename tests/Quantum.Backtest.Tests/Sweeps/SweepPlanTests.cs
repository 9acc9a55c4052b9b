using Quantum.Backtest.Sweeps;

namespace Quantum.Backtest.Tests.Sweeps;

public sealed class SweepPlanTests
{
    [Theory]
    [InlineData("A:X=1,2, 3", "1|2|3")]
    [InlineData("A:X=1..3/0.5", "1|1.5|2|2.5|3")]
    [InlineData("A:X=0.001..0.002/0.0004", "0.001|0.0014|0.0018")]
    [InlineData("A:X=-2..2/2", "-2|0|2")]
    [InlineData("A:Mode=fast,slow", "fast|slow")]
    public void A_word_names_its_candidates(string word, string expected)
    {
        Assert.True(SettingAxis.IsAxis(word));
        Assert.Equal(expected, string.Join('|', SettingAxis.Parse(word).Values));
    }

    [Theory]
    [InlineData("A:X=1,1", "names 1 twice")]
    [InlineData("A:X=1,,2", "empty candidate")]
    [InlineData("X=1,2", "names no setting")]
    [InlineData("A:X=3..1/1", "put the lower end first")]
    [InlineData("A:X=1..2/0", "step '0'")]
    [InlineData("A:X=1..2/x", "step 'x'")]
    [InlineData("A:X=a..b/1", "no two numbers")]
    [InlineData("A:X=0..1/0.00001", "use a larger step")]
    public void What_is_no_axis_is_refused_with_its_word_and_the_mend(string word, string expected)
    {
        var fault = Assert.Throws<SweepException>(() => SettingAxis.Parse(word));
        Assert.Contains(word, fault.Message);
        Assert.Contains(expected, fault.Message);
    }

    [Fact]
    public void One_value_is_no_axis() => Assert.False(SettingAxis.IsAxis("A:X=1.5"));

    [Fact]
    public void A_grid_has_every_combination_once_the_last_axis_turning_fastest()
    {
        var trials = TrialSearch.Grid([SettingAxis.Parse("A:X=1,2"), SettingAxis.Parse("B:Y=a,b,c")]);
        Assert.Equal("A:X=1 B:Y=a|A:X=1 B:Y=b|A:X=1 B:Y=c|A:X=2 B:Y=a|A:X=2 B:Y=b|A:X=2 B:Y=c",
            string.Join('|', trials.Select(trial => string.Join(' ', trial.Words))));
        Assert.Equal(Enumerable.Range(1, 6), trials.Select(trial => trial.Number));
    }

    [Fact]
    public void A_random_search_draws_different_trials_the_same_for_the_same_seed()
    {
        SettingAxis[] axes = [SettingAxis.Parse("A:X=1.0..3"), SettingAxis.Parse("B:Y=a,b,c")];
        var trials = TrialSearch.Random(axes, 50, 4);
        Assert.Equal(50, trials.Select(trial => string.Join(' ', trial.Words)).Distinct().Count());
        Assert.Equal(trials.Select(t => string.Join(' ', t.Words)), TrialSearch.Random(axes, 50, 4).Select(t =>
            string.Join(' ', t.Words)));
        Assert.NotEqual(trials[0].Words, TrialSearch.Random(axes, 50, 5)[0].Words);
        Assert.All(trials, trial => Assert.InRange(decimal.Parse(trial.Settings[0].Value), 1m, 3m));
        Assert.Equal(["1", "2", "3"], TrialSearch.Random([SettingAxis.Parse("A:X=1..3")], 50, 4)
            .Select(trial => trial.Settings[0].Value).Order());
        Assert.Equal(6, TrialSearch.Random([SettingAxis.Parse("A:X=1,2"), SettingAxis.Parse("B:Y=a,b,c")], 50, 4)
            .Count);
    }

    [Fact]
    public void A_search_that_cannot_be_is_refused_before_anything_runs()
    {
        Refused("nothing is varied", () => TrialSearch.Grid([]));
        Refused("varied twice", () => TrialSearch.Grid([SettingAxis.Parse("A:X=1,2"), SettingAxis.Parse("a:x=3,4")]));
        Refused("range without a step", () => TrialSearch.Grid([SettingAxis.Parse("A:X=1..2")]));
        Refused("at most 100,000", () => TrialSearch.Grid(
            [.. "ABC".Select(name => SettingAxis.Parse($"{name}:X=1..100/1"))]));
        Refused("--random is 0", () => TrialSearch.Random([SettingAxis.Parse("A:X=1,2")], 0, 1));
        Refused("--halving is 1", () => HalvingPlan.Of(9, new(1, 0, Made.Day, 2 * Made.Day), 1));
    }

    [Fact]
    public void Without_a_wish_one_window_chooses_by_seven_days_of_ten()
    {
        var window = Assert.Single(WindowPlan.Of(Made.Start, Made.Start + 10 * Made.Day, null, null, false));
        Assert.Equal((Made.Start, Made.Start + 7 * Made.Day, Made.Start + 10 * Made.Day),
            (window.TrainFromMs, window.TestFromMs, window.TestToMs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Walk_forward_judges_every_day_once_and_never_by_a_day_it_was_chosen_by(bool isAnchored)
    {
        var windows = WindowPlan.Of(Made.Start + 1, Made.Start + 31 * Made.Day, 10, 5, isAnchored);
        Assert.Equal(4, windows.Count);
        for (var i = 0; i < windows.Count; i++)
        {
            Assert.Equal(Made.Start + (11 + 5 * i) * Made.Day, windows[i].TestFromMs);
            Assert.Equal(windows[i].TestFromMs + 5 * Made.Day, windows[i].TestToMs);
            Assert.Equal(isAnchored ? Made.Start + Made.Day : windows[i].TestFromMs - 10 * Made.Day, 
                windows[i].TrainFromMs);
        }
    }

    [Fact]
    public void A_span_that_cannot_hold_its_windows_is_refused()
    {
        Refused("has 3 whole UTC days", () => WindowPlan.Of(Made.Start, Made.Start + 3 * Made.Day, null, null, false));
        Refused("--train is 1", () => WindowPlan.Of(Made.Start, Made.Start + 9 * Made.Day, 1, 3, false));
        Refused("--train is 30 days of 9: use 2 to 7",
            () => WindowPlan.Of(Made.Start, Made.Start + 9 * Made.Day, 30, null, false));
        Refused("--test is 30 days of 9: use 2 to 7",
            () => WindowPlan.Of(Made.Start, Made.Start + 9 * Made.Day, null, 30, false));
        Refused("--test is 0", () => WindowPlan.Of(Made.Start, Made.Start + 9 * Made.Day, 5, 0, false));
        Refused("need 12 whole UTC days, the recording has 9",
            () => WindowPlan.Of(Made.Start, Made.Start + 9 * Made.Day, 8, 4, false));
    }

    [Fact]
    public void Halving_shortens_its_runs_inside_the_days_that_choose()
    {
        var plan = HalvingPlan.Of(27, new(1, Made.Start, Made.Start + 18 * Made.Day, Made.Start + 25 * Made.Day), 3);
        Assert.Equal([6], Days(plan));
        Assert.Equal((9, 8, 8, 3), (HalvingPlan.Kept(27, 3), HalvingPlan.Kept(20, 3), HalvingPlan.Kept(8, 3),
            HalvingPlan.Kept(3, 3)));
        var window = new SweepWindow(1, Made.Start, Made.Start + 60 * Made.Day, Made.Start + 90 * Made.Day);
        Assert.Equal([6, 20], Days(HalvingPlan.Of(200, window, 3)));
        // Eight are left at least, so of few trials, or of few days, nothing is shortened.
        Assert.Empty(HalvingPlan.Of(15, window, 2).Rungs);
        Assert.Equal([30], Days(HalvingPlan.Of(16, window, 2)));
        Assert.Empty(HalvingPlan.Of(200, new(1, Made.Start, Made.Start + 9 * Made.Day, window.TestToMs), 2).Rungs);

        static int[] Days(HalvingPlan plan) =>
            [.. plan.Rungs.Select(rung => (int)((rung - Made.Start) / Made.Day))];
    }

    private static void Refused(string part, Action make) =>
        Assert.Contains(part, Assert.Throws<SweepException>(make).Message);
}
