using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Quantum.Console.Backtests;
using Quantum.Console.Live;
using Quantum.Console.Outcomes;

namespace Quantum.Console.Api;

/// <summary>What was made, live and in backtests, and by which models; and the starting of backtests.</summary>
internal static class OutcomeRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/results", ResultOf).WithName("Results").WithTags("Outcome")
            .WithSummary("What the running system made: the figures of a backtest, of what was lived.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/backtests", (BacktestShelf shelf) => TypedResults.Ok(BacktestsShape.Of(shelf)))
            .WithName("Backtests").WithTags("Outcome").WithSummary("Backtests of this console, newest first.");
        api.MapGet("/backtests/{id}", StoryOf).WithName("Backtest").WithTags("Outcome")
            .WithSummary("A backtest, how far it is, and what it made.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/backtests/{id}/report", BacktestReport.AnswerAsync).WithName("BacktestReport").WithTags("Outcome")
            .WithSummary("The report of a backtest: one page.").Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/models", ModelsAsync).WithName("Models").WithTags("Outcome")
            .WithSummary("The model in use, what became of every version, retrainings and calibration.");
    }

    /// <summary>What is done with backtests.</summary>
    public static void MapActions(RouteGroupBuilder actions)
    {
        actions.MapPost("/backtests", StartAsync).WithName("StartBacktest")
            .WithSummary("Starts a backtest as a process of its own.");
        actions.MapPost("/backtests/{id}/cancel", CancelAsync).WithName("CancelBacktest")
            .WithSummary("Ends a backtest that runs.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Results<Ok<ResultShape>, ProblemHttpResult> ResultOf(LiveResults live)
    {
        var (result, why) = live.Now();
        if (result is not null) return TypedResults.Ok(ResultShape.From(result, why));
        return why == LiveResults.NothingYet
            ? Problems.Of(StatusCodes.Status404NotFound, $"{why} Does the portfolio run?")
            : Problems.Unavailable(why!);
    }

    private static Results<Ok<BacktestStory>, ProblemHttpResult> StoryOf(string id, BacktestShelf shelf) =>
        shelf.Find(id) is { } job
            ? TypedResults.Ok(BacktestStory.Of(job, shelf))
            : Problems.Of(StatusCodes.Status404NotFound, BacktestShelf.NotThere(id));

    private static async Task<Results<Ok<ModelsShape>, ProblemHttpResult>> ModelsAsync(Questions questions)
    {
        var (view, fault) = await questions.AskOnceAsync("models", ModelsView.Of);
        return view is null ? Problems.Unavailable(fault!) : TypedResults.Ok(ModelsShape.Of(view));
    }

    private static async Task<Results<Accepted<BacktestShape>, ProblemHttpResult>> StartAsync(
        BacktestWish wish, BacktestActions backtests, ClaimsPrincipal user, CancellationToken cancel) =>
        Answered(await backtests.StartAsync(user, wish.Request(), cancel));

    private static async Task<Results<Accepted<BacktestShape>, ProblemHttpResult>> CancelAsync(
        string id, BacktestActions backtests, ClaimsPrincipal user, CancellationToken cancel) =>
        Answered(await backtests.CancelAsync(user, id, cancel));

    private static Results<Accepted<BacktestShape>, ProblemHttpResult> Answered(BacktestAnswer answer) =>
        answer.Job is { } job
            ? TypedResults.Accepted($"{ApiRoutes.Root}/backtests/{job.Id}", BacktestShape.Of(job))
            : Problems.Refused(answer.Kind, answer.Refusal!);
}
