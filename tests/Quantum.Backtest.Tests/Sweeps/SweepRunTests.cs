using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Quantum.Backtest.Sweeps;

namespace Quantum.Backtest.Tests.Sweeps;

public sealed class SweepRunTests : IDisposable
{
    private const int Days = 40;
    private readonly string _folder = Directory.CreateTempSubdirectory("sweep").FullName;

    private string File => Path.Combine(_folder, "sweep.sqlite");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_out_of_sample_days_are_those_of_the_trials_chosen_before_them()
    {
        var plan = Plan(4, 10, 5);
        var runner = new Runner { EdgeOf = trial => trial == 3 ? 0.05 : 0 };
        var found = Swept(plan, runner, 2);
        Assert.Equal(6, found.Choices.Count);
        Assert.All(found.Choices, choice => Assert.Equal(3, choice.Trial));
        var expected = runner.Run(plan.Trials[2], null, default).Days.Skip(10).Take(30).Select(day => day.Return);
        Assert.Equal(expected.Aggregate(1.0, (all, r) => all * (1 + r)) - 1, found.OutOfSample.ReturnFraction, 1e-12);
        Assert.Equal((30, 30), (found.OutOfSample.Days, found.OutOfSample.Trades));
        Assert.Equal(3, found.Trials[0].Trial);
        Assert.StartsWith("out of sample", SweepText.Of(plan, found).Split('\n').First(
            line => line.Length > 0 && line[0] != '!'));
    }

    [Fact]
    public void Windows_in_which_nothing_traded_choose_nothing_and_say_so()
    {
        var found = Swept(Plan(3, 10, 5), new Runner { IsIdle = true }, 1);
        Assert.All(found.Choices, choice => Assert.Null(choice.Trial));
        Assert.Equal((0, "nothing_chosen"), (found.OutOfSample.Days, found.Warnings[0].Code));
        Assert.Contains("In 6 of 6 windows no trial had a score", found.Warnings[0].Text);
        Assert.NotNull(found.DeflatedSharpe.Undefined);
    }

    [Fact]
    public void Chance_is_warned_of()
    {
        var found = Swept(Plan(20, 10, 5), new Runner(), 2);
        Assert.Contains(found.Warnings, warning => warning.Code is "overfit" or "lucky_best");
        Assert.Contains(found.Warnings, warning => warning.Code == "lucky_best");
    }

    [Fact]
    public void As_many_runs_go_at_once_as_there_are_cores_and_the_result_is_the_same_for_any_number()
    {
        var runner = new Runner { Together = 3 };
        var many = Swept(Plan(9, 10, 5), runner, 3);
        Assert.Equal(3, runner.MostAtOnce);
        System.IO.File.Delete(File);
        var one = Swept(Plan(9, 10, 5), new Runner(), 1);
        Assert.Equal(Text(one), Text(many));
    }

    [Fact]
    public void A_sweep_that_was_ended_goes_on_where_it_was_and_finds_the_same()
    {
        var whole = Swept(Plan(9, 10, 5), new Runner(), 1);
        System.IO.File.Delete(File);
        var ended = new Runner { FailsAt = 5 };
        Assert.Throws<IOException>(() => Swept(Plan(9, 10, 5), ended, 1));
        var rest = new Runner();
        var found = Swept(Plan(9, 10, 5), rest, 2);
        Assert.Equal(5, rest.Ran.Count);
        Assert.DoesNotContain(rest.Ran, run => run.Trial < 5);
        Assert.Equal(Text(whole), Text(found));
        var nothing = new Runner();
        Assert.Equal(Text(whole), Text(Swept(Plan(9, 10, 5), nothing, 2)));
        Assert.Empty(nothing.Ran);
    }

    [Fact]
    public void A_run_that_fails_ends_the_sweep_with_its_own_error()
    {
        var runner = new Runner { FailsAt = 2, Together = 2 };
        Assert.Equal("trial 2 failed", Assert.Throws<IOException>(() => Swept(Plan(50, 10, 5), runner, 2)).Message);
        Assert.InRange(runner.Ran.Count, 1, 6);
    }

    [Fact]
    public void A_cancelled_sweep_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var store = SweepStore.Open(File, Plan(9, 10, 5));
        Assert.ThrowsAny<OperationCanceledException>(() => SweepRun.Of(Plan(9, 10, 5), new Runner(), store, 2,
            progress => { if (progress.Done == 4) stop.Cancel(); }, stop.Token));
        Assert.InRange(store.DoneTrials().Count, 4, 5);
    }

    [Fact]
    public void Halving_runs_all_shortly_and_few_to_the_end_and_no_day_that_judges_has_a_say()
    {
        var plan = Plan(27, 18, 10) with { Halving = HalvingPlan.Of(27, Plan(27, 18, 10).Windows[0], 3) };
        var runner = new Runner { EdgeOf = trial => trial == 11 ? 0.08 : 0 };
        var told = new List<SweepProgress>();
        SweepResult found;
        using (var store = SweepStore.Open(File, plan)) found = SweepRun.Of(plan, runner, store, 2, told.Add);
        Assert.Equal([27, 9], runner.Ran.GroupBy(run => run.UntilMs ?? long.MaxValue).OrderBy(g => g.Key).Select(
            g => g.Count()));
        Assert.All(runner.Ran, run => Assert.True(run.UntilMs is null || run.UntilMs <= plan.Windows[0].TestFromMs));
        Assert.Equal((11, 9), (found.Trials[0].Trial, found.Trials.Count));
        Assert.Equal((27, 36, 36), (found.Tried, told[^1].Done, told[^1].Total));
        // Several are left: the windows choose among them, and overfitting has a measure.
        Assert.NotNull(found.Overfit.Probability.Value);
        Assert.Contains(found.Warnings, warning => warning.Code == "halved");
        var text = SweepText.Of(plan, found);
        Assert.Contains("splits of 9 trials that halving left of 27)", text);
        Assert.Contains("(27 trials, their spread by the first runs of 6 days)", text);
        var again = new Runner();
        using (var store = SweepStore.Open(File, plan)) SweepRun.Of(plan, again, store, 2);
        Assert.Empty(again.Ran);
    }

    /// <summary>The spread of all trials, not that of the like ones which halving left, says what luck would
    /// show.</summary>
    [Fact]
    public void Trials_that_halving_dropped_still_say_how_far_trials_lie_apart()
    {
        double Deflated(double worst)
        {
            var plan = Plan(27, 18, 10) with { Halving = HalvingPlan.Of(27, Plan(27, 18, 10).Windows[0], 3) };
            // Nine that are alike are left; what is dropped lies close to them, or far below.
            var runner = new Runner { EdgeOf = trial => trial <= 9 ? 0.06 : worst };
            var found = Swept(plan, runner, 2);
            System.IO.File.Delete(File);
            Assert.Equal(Enumerable.Range(1, 9), found.Trials.Select(line => line.Trial).Order());
            return found.DeflatedSharpe.Value!.Value;
        }

        Assert.InRange(Deflated(-0.2), 0, Deflated(0) - 0.05);
    }

    [Fact]
    public void A_file_of_another_plan_is_refused_with_what_differs()
    {
        Swept(Plan(3, 10, 5), new Runner(), 1);
        var fault = Assert.Throws<SweepException>(() => SweepStore.Open(File, Plan(4, 10, 5)));
        Assert.Contains("other trials", fault.Message);
        var ground = Plan(3, 10, 5) with { Ground = new Dictionary<string, string> { ["recording"] = "another" } };
        Assert.Contains("other recording ('test', now 'another')",
            Assert.Throws<SweepException>(() => SweepStore.Open(File, ground)).Message);
        Assert.Contains("other chosen by",
            Assert.Throws<SweepException>(() => SweepStore.Open(File, Plan(3, 10, 5) with { Score =
            TrialScore.Return })).Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        System.IO.File.WriteAllText(File, "my notes, not a database, and long enough to be looked at twice");
        Assert.Contains("cannot be used", Assert.Throws<SweepException>(() => SweepStore.Open(File, Plan(3, 10, 5)))
            .Message);
        Assert.StartsWith("my notes", System.IO.File.ReadAllText(File));
        Assert.Contains("cannot be used", Assert.Throws<SweepException>(
            () => SweepStore.Open(Path.Combine(_folder, "none", "x.sqlite"), Plan(3, 10, 5))).Message);
    }

    [Fact]
    public void A_notebook_finds_one_table_an_idea()
    {
        Swept(Plan(3, 10, 5), new Runner(), 1);
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        Assert.Equal(3L, One("SELECT COUNT(*) FROM trials"));
        Assert.Equal(3L * Days, One("SELECT COUNT(*) FROM days"));
        Assert.Equal(3L * Days, One("SELECT COUNT(*) FROM trades"));
        Assert.Equal("2", One("SELECT value FROM settings WHERE trial = 2 AND path = 'A:X'"));
        Assert.Equal(6L, One("SELECT COUNT(*) FROM windows WHERE trial IS NOT NULL"));
        Assert.Equal(7L, One("SELECT COUNT(*) FROM overfit"));
        Assert.Equal("2024-01-30", One("SELECT MIN(day) FROM days"));

        object? One(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }

    private SweepResult Swept(SweepPlan plan, Runner runner, int cores)
    {
        using var store = SweepStore.Open(File, plan);
        return SweepRun.Of(plan, runner, store, cores);
    }

    private static string Text(SweepResult found) => SweepText.Of(Plan(9, 10, 5), found);

    private static SweepPlan Plan(int trials, int train, int test) => new()
    {
        Ground = new Dictionary<string, string> { ["recording"] = "test" },
        Trials = TrialSearch.Grid([SettingAxis.Parse($"A:X=1..{trials}/1")]),
        Windows = WindowPlan.Of(Made.Start, Made.Start + Days * Made.Day, train, test, false),
    };

    /// <summary>Trials of chance, the same for the same number, with an edge where a test gives one.</summary>
    private sealed class Runner : ITrialRunner
    {
        private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);
        private int _now;
        private int _most;

        public ConcurrentQueue<(int Trial, long? UntilMs)> Ran { get; } = new();
        public Func<int, double> EdgeOf { get; init; } = _ => 0;
        public int? FailsAt { get; init; }
        public bool IsIdle { get; init; }
        public int MostAtOnce => _most;

        /// <summary>The first wait until so many run at once.</summary>
        public int Together { get; init; }

        public TrialResult Run(Trial trial, long? untilMs, CancellationToken cancel)
        {
            if (trial.Number == FailsAt) throw new IOException($"trial {trial.Number} failed");
            var now = Interlocked.Increment(ref _now);
            InterlockedMost(now);
            SpinWait.SpinUntil(() => FailsAt is not null || Volatile.Read(ref _most) >= Together, s_deadline);
            Interlocked.Decrement(ref _now);
            Ran.Enqueue((trial.Number, untilMs));
            if (IsIdle)
                return new(trial.Number, [.. Enumerable.Range(0, Days).Select(i => new DayReturn(
                    Made.Start + i * Made.Day, 0))], []);
            var chance = new Random(trial.Number * 7919);
            var days = Enumerable.Range(0, Days)
                .Select(i => new DayReturn(
                    Made.Start + i * Made.Day, (chance.NextDouble() - 0.5) * 0.1 + EdgeOf(trial.Number)))
                .Where(day => day.StartMs < (untilMs ?? long.MaxValue))
                .ToList();
            return new(trial.Number, days,
                [.. days.Select(day => TrialTrade.Of(Made.Trade((decimal)day.Return * 100, day.Return, null,
                day.StartMs)))]);
        }

        private void InterlockedMost(int now)
        {
            for (var most = _most; now > most; most = _most) Interlocked.CompareExchange(ref _most, now, most);
        }
    }
}
