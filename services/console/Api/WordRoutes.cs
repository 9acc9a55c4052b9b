using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Quantum.Console.Access;
using Quantum.Console.Acting;
using Quantum.Console.Live;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<Quantum.Console.Api.WordShape>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<Quantum.Console.Api.WordShape>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace Quantum.Console.Api;

/// <summary>
/// What the pages do. The answer is 200 once all is done, the executor's part included, and 202 while it goes on.
/// </summary>
internal static class WordRoutes
{
    private const double MostWaitS = 8;
    private const double UsualWaitS = 2;
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(50);

    public static void Map(RouteGroupBuilder api)
    {
        var actions = api.MapGroup("/actions").AddEndpointFilter(RequireOwnPageAsync).WithTags("Act")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict);
        Word(actions, "/kill", "Kill", ControlAction.KillOn, "Stops every entry; exits stay possible.");
        Word(actions, "/release", "Release", ControlAction.KillOff, "Allows entries again.");
        Word(actions, "/flatten", "Flatten", ControlAction.Flatten,
            "Stops every entry and closes every position at the market.");
        Word(actions, "/reset", "Reset", ControlAction.Reset, "Lifts what tripped.");
        actions.MapPost("/mode", ModeAsync).WithName("Mode").WithSummary("Sets the risk mode.");
        actions.MapPost("/positions/{symbol}/close", CloseAsync).WithName("ClosePosition")
            .WithSummary("Closes one position at the market; the outcome is the executor's.");
        actions.MapPost("/positions/{symbol}/stop", StopAsync).WithName("MoveStop")
            .WithSummary("Tightens the stop of one position; the outcome is the executor's.");
        OutcomeRoutes.MapActions(actions);
        LetterRoutes.MapActions(actions);
        api.MapGet("/words/{eventId}", FindAsync).WithName("Word").WithTags("Act")
            .WithSummary("What has become of a word.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Word(
        RouteGroupBuilder actions, string path, string name, ControlAction action, string summary) =>
        actions.MapPost(path, (WordRequest request, [AsParameters] Saying saying) => saying.SayAsync(
            new ControlCommand { Command = action, Reason = request.Reason ?? "", By = "" }))
            .WithName(name).WithSummary(summary);

    private static async Task<Answer> ModeAsync(ModeRequest request, [AsParameters] Saying saying) =>
        EnumText<RiskMode>.TryParse(Encoding.UTF8.GetBytes(request.Mode ?? ""), out var mode)
            ? await saying.SayAsync(new ControlCommand
            {
                Command = ControlAction.SetMode, RiskMode = mode, Reason = request.Reason ?? "", By = "",
            })
            : Problems.Asked($"mode is '{request.Mode}': use one of {EnumText<RiskMode>.Allowed}.");

    private static Task<Answer> CloseAsync(string symbol, CloseRequest request, [AsParameters] Saying saying) =>
        OfPositionAsync(symbol, saying, new ControlCommand
        {
            Command = ControlAction.Close, PositionId = request.PositionId, Reason = request.Reason ?? "", By = "",
        });

    private static Task<Answer> StopAsync(string symbol, StopRequest request, [AsParameters] Saying saying) =>
        OfPositionAsync(symbol, saying, new ControlCommand
        {
            Command = ControlAction.MoveStop, PositionId = request.PositionId, StopPrice = request.StopPrice,
            Reason = request.Reason ?? "", By = "",
        });

    private static async Task<Answer> OfPositionAsync(string symbol, Saying saying, ControlCommand word) =>
        Symbol.TryParse(symbol, out var known)
            ? await saying.SayAsync(word with { Symbol = known })
            : Problems.Asked($"the symbol is '{symbol}': name one, for example NEARUSDT.");

    private static async Task<Results<Ok<WordShape>, ProblemHttpResult>> FindAsync(
        string eventId, Questions questions, CancellationToken cancel)
    {
        var (found, fault) = await questions.AskAsync(look => new
        {
            Word = OperatorWord.Find(look, eventId) is var (word, entry) ? WordShape.Of(look, word, entry) : null,
        }, cancel);
        if (found is null) return Problems.Unavailable(fault!);
        return found.Word is { } shape
            ? TypedResults.Ok(shape)
            : Problems.Of(StatusCodes.Status404NotFound,
                $"no word has the id '{eventId}', or it is older than the newest 1,000.");
    }

    // A key is named by no browser by itself; what a session posts must bear its token, or any page could post it.
    private static async ValueTask<object?> RequireOwnPageAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (ApiKeys.IsOfKey(http.User)
            || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return await next(context);
        return Problems.Asked(
            "neither a key (of the verb api-key) nor the token of a session was given: send 'Authorization: "
            + $"Bearer' with a key, or RequestVerificationToken with what {ApiRoutes.Root}/session tells.");
    }

    /// <summary>Says a word and waits for what becomes of it.</summary>
    internal sealed record Saying(
        OperatorWords Words, Questions Questions, ClaimsPrincipal User,
        [property: Description("seconds to wait for its end, 0 to 8")] double? Wait, CancellationToken Cancel)
    {
        public async Task<Answer> SayAsync(ControlCommand word)
        {
            var waitS = Wait ?? UsualWaitS;
            if (waitS is not (>= 0 and <= MostWaitS))
                return Problems.Asked($"wait is {waitS}: give 0 to {MostWaitS} seconds.");
            var said = await Words.SayAsync(User, word, Cancel);
            if (said.Word is not { } spoken) return Problems.Refused(said.Kind, said.Refusal!);
            var (shape, fault) = await Questions.AskAsync(look => Follow(look, spoken, waitS), Cancel);
            if (shape is null)
                return Problems.Unavailable(
                    $"the word {spoken.EventId} was said; what became of it could not be read. {fault}");
            return shape.IsEnded()
                ? TypedResults.Ok(shape)
                : TypedResults.Accepted($"{ApiRoutes.Root}/words/{spoken.EventId}", shape);
        }

        private WordShape Follow(SystemRedis look, OperatorWord word, double waitS)
        {
            var entry = look.Keys.KeysOf(Contracts.Catalog.StreamCatalog.GovernanceControl)
                .Select(key => look.Find(key, word.Id.ToString())).OfType<StreamEntry>().First();
            var until = System.Diagnostics.Stopwatch.StartNew();
            var shape = WordShape.Of(look, word, entry);
            while (!shape.IsEnded() && until.Elapsed.TotalSeconds < waitS && !Cancel.WaitHandle.WaitOne(s_every))
                shape = WordShape.Of(look, word, entry);
            return shape;
        }
    }
}
