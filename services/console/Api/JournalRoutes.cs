using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>What was: trades, why they were made, why others were not, and every policy.</summary>
internal static class JournalRoutes
{
    private const int MostGates = 5_000;
    private const int MostPolicies = 1_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/trades", TradesAsync).WithName("Trades").WithTags("Journal")
            .WithSummary("Closed trades, newest first, in pages.").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/trades/{id}", StoryAsync).WithName("WhyThisTrade").WithTags("Journal")
            .WithSummary("Why a trade was made: every event by a trade's, position's, intent's or order's id.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/why-not", GatesAsync).WithName("WhyNot").WithTags("Journal")
            .WithSummary("What every role put aside, why and how often, the newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/policy", PolicyAsync).WithName("Policy").WithTags("Policy").WithSummary("The policy in force.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/policy/history", HistoryAsync).WithName("PolicyHistory").WithTags("Policy")
            .WithSummary("Every policy that was published, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<TradePage>, ProblemHttpResult>> TradesAsync(
        [AsParameters] TradeFilter filter, Questions questions, CancellationToken cancel) =>
        filter.Fault() is { } fault
            ? Problems.Asked(fault)
            : await LookRoutes.AskAsync(
                questions, look => filter.Page(look, look.Keys.KeysOf(StreamCatalog.TradeClosed)), cancel);

    private static async Task<Results<Ok<StoryShape>, ProblemHttpResult>> StoryAsync(
        string id, Questions questions)
    {
        var (story, fault) = await questions.AskOnceAsync("story " + id, look => TradeStory.Of(look, id));
        if (story is null) return Problems.Unavailable(fault!);
        return story.Steps.Count == 0
            ? Problems.Of(StatusCodes.Status404NotFound,
                $"no event of the streams names '{id}': what is older than they keep is in the journal alone.")
            : TypedResults.Ok(new StoryShape(
                id, [.. story.Steps.Select(step => EntryShape.Of(step.Entry))], story.NotSearchedWhole));
    }

    private static async Task<Results<Ok<IReadOnlyList<ClosedGate>>, ProblemHttpResult>> GatesAsync(
        SystemReader reader, CancellationToken cancel, [Description("only this symbol")] string? symbol = null,
        [Description("only this role")] string? role = null, [Description("rows, 1 to 5000")] int limit = 200)
    {
        if (LookRoutes.LimitFault(limit, MostGates) is { } asked) return Problems.Asked(asked);
        var view = await reader.FreshAsync(cancel);
        return view.Fault is { } fault
            ? Problems.Unavailable(fault)
            : TypedResults.Ok<IReadOnlyList<ClosedGate>>(
            [
                .. view.Gates.Where(gate => (symbol is null || gate.Symbol == symbol)
                    && (role is null || gate.Role == role)).Take(limit),
            ]);
    }

    private static async Task<Results<Ok<PolicyShape>, ProblemHttpResult>> PolicyAsync(
        SystemReader reader, CancellationToken cancel)
    {
        var view = await reader.FreshAsync(cancel);
        if (view.Fault is { } fault) return Problems.Unavailable(fault);
        return view.Policy is { } policy
            ? TypedResults.Ok(PolicyShape.Of(policy, view.Executor))
            : Problems.Of(StatusCodes.Status404NotFound,
                "no policy was published yet, so entries are blocked: is governance running?");
    }

    private static async Task<Results<Ok<IReadOnlyList<EntryShape>>, ProblemHttpResult>> HistoryAsync(
        Questions questions, CancellationToken cancel, [Description("rows, 1 to 1000")] int limit = 40) =>
        LookRoutes.LimitFault(limit, MostPolicies) is { } fault
            ? Problems.Asked(fault)
            : await LookRoutes.AskAsync(questions, IReadOnlyList<EntryShape> (look) =>
                [.. look.Newest(StreamCatalog.PolicyUpdated, limit).Select(EntryShape.Of)], cancel);
}
