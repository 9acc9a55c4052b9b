using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Quantum.Console.Letters;
using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>Dead letters: what could not be handled, and what is done with it.</summary>
internal static class LetterRoutes
{
    private const int MostLetters = 1_000;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/dead-letters", AllAsync).WithName("DeadLetters").WithTags("Look")
            .WithSummary("What could not be handled, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>What is done with them.</summary>
    public static void MapActions(RouteGroupBuilder actions)
    {
        var letter = actions.MapGroup("/dead-letters/{stream}/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        letter.MapPost("/redrive", RedriveAsync).WithName("RedriveDeadLetter")
            .WithSummary("Sends one again as a new entry of its stream.");
        letter.MapPost("/drop", DropAsync).WithName("DropDeadLetter").WithSummary("Removes one for good.");
    }

    private static async Task<Results<Ok<LettersShape>, ProblemHttpResult>> AllAsync(
        Questions questions, CancellationToken cancel, [Description("only this stream")] string? stream = null,
        [Description("rows, 1 to 1000")] int limit = 100)
    {
        if (LookRoutes.LimitFault(limit, MostLetters) is { } fault) return Problems.Asked(fault);
        if (stream is not null && StreamCatalog.Find(stream) is null)
            return Problems.Of(StatusCodes.Status404NotFound, LookRoutes.NoStream(stream));
        return await LookRoutes.AskAsync(questions, look => LettersShape.Of(
            look.IsMarked ? LetterList.Of(look, stream, limit) : new LetterList(0, [])), cancel);
    }

    private static async Task<Results<Ok<LetterDone>, ProblemHttpResult>> RedriveAsync(
        string stream, string id, LetterActions letters, ClaimsPrincipal user, CancellationToken cancel,
        [Description("seconds from now that it is valid, 1 to 86400; not given: as it was")] int? deadline = null) =>
        Answered(await letters.RedriveAsync(user, stream, id, deadline, cancel));

    private static async Task<Results<Ok<LetterDone>, ProblemHttpResult>> DropAsync(
        string stream, string id, LetterActions letters, ClaimsPrincipal user, CancellationToken cancel) =>
        Answered(await letters.DropAsync(user, stream, id, cancel));

    private static Results<Ok<LetterDone>, ProblemHttpResult> Answered(LetterAnswer answer) => answer.Done is { } done
        ? TypedResults.Ok(new LetterDone(done))
        : Problems.Refused(answer.Kind, answer.Refusal!);
}

/// <summary>Dead letters.</summary>
/// <param name="Total">How many there are, from 0.</param>
/// <param name="Letters">The newest, newest first; what begins with `dlq_` says what became of it.</param>
internal sealed record LettersShape(long Total, IReadOnlyList<EntryShape> Letters)
{
    public static LettersShape Of(LetterList list) => new(list.Total, [.. list.Newest.Select(EntryShape.Of)]);
}

/// <summary>What was done with a dead letter.</summary>
/// <param name="Done">In words.</param>
internal sealed record LetterDone(string Done);
