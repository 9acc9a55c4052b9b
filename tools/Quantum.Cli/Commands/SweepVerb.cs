using Quantum.Backtest.Settings;
using Quantum.Backtest.Sweeps;
using Quantum.Cli.Backtests;

namespace Quantum.Cli.Commands;

/// <summary>Many backtests over settings, judged by days that had no say in the choice.</summary>
internal static class SweepVerb
{
    private const string Name = "sweep";
    private const string Summary = "backtests over many settings: what the chosen ones made in days that had no say";

    private const string Explained = """
        Runs a backtest for each combination of settings that --set varies: candidates Section:Name=a,b,c, steps
        =low..high/step, or a range =low..high that --random draws from, whole numbers unless an end has a decimal
        point. Settings with one value hold for all; a list belongs into --settings. What must be alike is
        joined by '+'. Only the roles' settings can be varied: the recording (Feed:…) is the same for all trials.

        The days are cut into windows: each chooses by its first days (--train) and is judged by the days after
        (--test). What is told first is what the choices made in days that had no say in them; then how probable it is
        that the choice is overfit, and what the best Sharpe ratio is worth after so many trials. docs/BACKTEST.md says
        how.

        All stands in one SQLite file (--out). A sweep that was ended goes on where it was when it is asked for again,
        with the same build, files and settings.

        Exit code: 0 done, 2 could not run (settings, recording or file), 130 interrupted.

        Examples:
          ./quantum sweep --data recordings --set Ai:IntervalMs+Clm:IntervalMs=60000,300000 --out pace.sqlite
          ./quantum sweep --data recordings --set TradingBot:CooldownMs=0..900000 --random 40 --train 30 --test 10
          ./quantum sweep --data recordings --set TradingBot:CooldownMs=0..900000/10000 --halving 3 --by sortino
        """;

    public static Command Create()
    {
        var (input, options) = (new BacktestInput(), new SweepOptions());
        var command = new Command(Name, Explained);
        input.AddTo(command);
        options.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(Run(input, options, parsed, cancel)));
        return command;
    }

    private static int Run(BacktestInput input, SweepOptions options, ParseResult parsed, CancellationToken cancel)
    {
        var words = input.WordsOf(parsed);
        var common = words.Where(word => !SettingAxis.IsAxis(word)).ToArray();
        // Read once: a file that is changed while the sweep runs changes nothing.
        var text = input.TextOf(parsed).With(common);
        var settings = RunSettings.Of(text);
        RunSettings SettingsOf(Trial trial) => RunSettings.Of(text.With(trial.Words));
        var trials = options.TrialsOf(parsed, SettingAxis.Of(words, settings.System.Sections));
        // Every trial's settings are read before the first runs: an hour's work must not end at the last of them.
        foreach (var trial in trials) SettingsOf(trial);
        var cores = options.CoresOf(parsed);
        var feed = input.FeedOf(parsed, settings);
        var runner = new BacktestTrialRunner(feed, SettingsOf);
        var tape = runner.Tape;
        if (tape.Feed.LastMs is not { } lastMs)
            throw new SweepException($"--data {feed.Path} does not tell its end: a sweep needs candles.");
        var windows = options.WindowsOf(parsed, tape.Feed.LiveFromMs, lastMs);
        var plan = new SweepPlan
        {
            Ground = SweepGround.Of(feed, tape, settings),
            Trials = trials, Windows = windows, Halving = options.HalvingOf(parsed, trials.Count, windows[0]),
            Score = options.ScoreOf(parsed),
        };
        using var store = SweepStore.Open(options.PlaceOf(parsed), plan);
        using var progress = new ProgressLine();
        if (plan.Halving is { Rungs.Count: 0 })
        {
            progress.Note(
                $"--halving shortens nothing: of {trials.Count} trials {HalvingPlan.LeastLeft} are to be left, or the "
                + "days that choose are too few; all run over the whole span.");
        }

        foreach (var notice in tape.Notices) progress.Note(notice.Text);
        var found = SweepRun.Of(plan, runner, store, cores, progress.Show, cancel);
        progress.End();
        if (options.IsJson(parsed)) JsonText.Print(found);
        else Console.Out.Write($"{SweepText.Of(plan, found)}{Environment.NewLine}all of it: "
            + $"{options.PlaceOf(parsed)}\n");
        return ExitCode.Healthy;
    }
}
