using Quantum.Backtest.Figures;
using Quantum.Backtest.Report;
using Quantum.Console.Backtests;
using Quantum.Console.Live;
using Quantum.Console.Outcomes;
using Quantum.Looking.Models;

namespace Quantum.Console.Api;

/// <summary>What was made, lived or played; the figures are defined in docs/BACKTEST.md.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Of">Of what, from when to when.</param>
/// <param name="Fault">Why it may not be whole, in words; null when it is.</param>
/// <param name="Figures">By the same code for every result.</param>
/// <param name="Curve">The account, thinned out, oldest first.</param>
/// <param name="Notes">What is to be known of it, one sentence each.</param>
internal sealed record ResultShape(
    string Title, string Of, string? Fault, BacktestFigures Figures, IReadOnlyList<CurvePoint> Curve,
    IReadOnlyList<string> Notes)
{
    public static ResultShape From(ShownResult result, string? fault) =>
        new(result.Title, result.Sub, fault, result.Figures, result.Curve, result.Notes);
}

/// <summary>The backtests of the console, and what may be played.</summary>
/// <param name="Recordings">Names that a backtest may be started over; empty when none is configured.</param>
/// <param name="AtOnce">How many may run at once.</param>
/// <param name="Fault">Why none can be kept; null while they can.</param>
/// <param name="Backtests">Those that run and the newest that have ended, newest first.</param>
internal sealed record BacktestsShape(
    IReadOnlyList<string> Recordings, int AtOnce, string? Fault, IReadOnlyList<BacktestShape> Backtests)
{
    public static BacktestsShape Of(BacktestShelf shelf) => new(
        [.. shelf.Settings.Folders.Select(folder => folder.Name)], shelf.Settings.AtOnce, shelf.Fault,
        [.. shelf.All.Select(BacktestShape.Of)]);
}

/// <summary>A backtest that was started here.</summary>
/// <param name="Id">By which it is asked for.</param>
/// <param name="Request">What is played.</param>
/// <param name="By">Who started it.</param>
/// <param name="State">running, done, failed, cancelled or interrupted.</param>
/// <param name="StartedMs">UTC epoch ms.</param>
/// <param name="EndedMs">UTC epoch ms; null while it runs.</param>
/// <param name="Error">Why it failed; null else.</param>
/// <param name="Pace">How far it is; null before its first word.</param>
internal sealed record BacktestShape(
    string Id, BacktestWish Request, string By, string State, long StartedMs, long? EndedMs, string? Error,
    BacktestPace? Pace)
{
    public static BacktestShape Of(BacktestJob job) => new(
        job.Id, BacktestWish.Of(job.Request), job.By, job.State.ToString().ToLowerInvariant(), job.StartedMs,
        job.EndedMs, job.Error, job.Pace);
}

/// <summary>A backtest with what it made.</summary>
/// <param name="Backtest">How it was started and ended.</param>
/// <param name="Result">Null until it is done, and where it cannot be read.</param>
/// <param name="Fault">Why a result cannot be read; null when it can, or when there is none.</param>
/// <param name="Report">Path of its report, a page; null until it is done.</param>
internal sealed record BacktestStory(BacktestShape Backtest, ResultShape? Result, string? Fault, string? Report)
{
    public static BacktestStory Of(BacktestJob job, BacktestShelf shelf)
    {
        if (job.State != BacktestState.Done) return new BacktestStory(BacktestShape.Of(job), null, null, null);
        var (result, fault) = shelf.Result(job.Id);
        return new BacktestStory(
            BacktestShape.Of(job), result is null ? null : ResultShape.From(result, null), fault,
            shelf.ReportOf(job.Id) is null ? null : $"{ApiRoutes.Root}/backtests/{job.Id}/report");
    }
}

/// <summary>What the AI goes by, and what became of every model that was trained.</summary>
/// <param name="InUse">The AI's own word; null before it has a model.</param>
/// <param name="Bars">What a model has to prove.</param>
/// <param name="Trials">What became of each version's signals and trades, newest first.</param>
/// <param name="Retrainings">Those that the streams keep, newest first.</param>
/// <param name="Calibration">What the signals of the version in use said against what came.</param>
/// <param name="SizingPolicies">Trainings of the sizing policy that ended, newest first.</param>
internal sealed record ModelsShape(
    ModelInUse? InUse, ModelBars Bars, IReadOnlyList<ModelTrial> Trials, IReadOnlyList<RetrainingShape> Retrainings,
    Calibration Calibration, IReadOnlyList<EntryShape> SizingPolicies)
{
    public static ModelsShape Of(ModelsView view) => new(
        view.InUse, view.Bars, view.Trials, [.. view.Runs.Select(run => RetrainingShape.Of(run, view.Bars))],
        view.Calibration, [.. view.Policies.Select(EntryShape.Of)]);
}

/// <summary>One retraining of the model.</summary>
/// <param name="JobId">Its job's id.</param>
/// <param name="AtMs">When it was asked for or began, UTC epoch ms.</param>
/// <param name="TookMs">Null while it is under way.</param>
/// <param name="Reason">Why it was asked for, as a code; null where the streams have forgotten it.</param>
/// <param name="ModelVersion">What was trained; null where nothing was.</param>
/// <param name="InForce">True where it was good enough to trade by; null before its end.</param>
/// <param name="Verdict">What came of it, in words.</param>
internal sealed record RetrainingShape(
    string JobId, long AtMs, long? TookMs, string? Reason, string? ModelVersion, bool? InForce, string Verdict)
{
    public static RetrainingShape Of(Retraining run, ModelBars bars) => new(
        run.JobId, run.AtMs, run.TookMs, run.Reason is { Length: > 0 } reason ? reason : null,
        run.Completed?.Words("model_version"), run.TookMs is null ? null : run.IsPromoted, run.Verdict(bars));
}
