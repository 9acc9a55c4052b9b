using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Quantum.Console.Access;
using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>What the pages show of now.</summary>
internal static class LookRoutes
{
    private const int MostEntries = 200;
    private const int MostActions = 1_000;
    private const int MostCandles = 5_000;

    public static void Map(RouteGroupBuilder api)
    {
        View(api, "/overview", "Overview", OverviewShape.Of, "Whether it lives, what it holds, what blocks trading.");
        View(api, "/equity", "Equity", EquityShape.Of, "The account and the curve of its equity.");
        View(api, "/positions", "Positions", view => view.Positions,
            "Open positions with their protection, targets and distances.");
        View(api, "/health", "Health", HealthShape.Of, "Services, Redis, dead letters, findings.");
        View(api, "/flow", "Flow",
            IReadOnlyList<StreamShape> (view) => [.. view.Audit?.Streams.Select(StreamShape.Of) ?? []],
            "Every stream and who reads it.");
        Answer(api, "/orders", "Orders", WorkingOrder.All, "Orders that may still trade, by the executor's book.");
        api.MapGet("/candles/{symbol}", CandlesAsync).WithName("Candles").WithTags("Look")
            .WithSummary("The newest closed candles of a symbol with their regime, oldest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/streams/{name}", EntriesAsync).WithName("StreamEntries").WithTags("Flow")
            .WithSummary("The newest entries of a stream, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/actions", ActionsAsync).WithName("Actions").WithTags("Look")
            .WithSummary("What was done by hand, newest first: UTC epoch ms, a blank, who, from where, what, why.");
        api.MapGet("/session", SessionOf).WithName("Session").WithTags("Look").WithSummary("Who asks.");
    }

    /// <summary>A question that is answered out of the newest view.</summary>
    public static void View<T>(
        RouteGroupBuilder api, string path, string name, Func<SystemView, T> answer, string summary) =>
        api.MapGet(path, async Task<Results<Ok<T>, ProblemHttpResult>> (
            SystemReader reader, CancellationToken cancel) =>
        {
            var view = await reader.FreshAsync(cancel);
            return view.Fault is { } fault ? Problems.Unavailable(fault) : TypedResults.Ok(answer(view));
        }).WithName(name).WithTags("Look").WithSummary(summary);

    /// <summary>A question that asks Redis for itself.</summary>
    public static async Task<Results<Ok<T>, ProblemHttpResult>> AskAsync<T>(
        Questions questions, Func<SystemRedis, T> question, CancellationToken cancel)
        where T : class
    {
        var (answer, fault) = await questions.AskAsync(question, cancel);
        return answer is null ? Problems.Unavailable(fault!) : TypedResults.Ok(answer);
    }

    /// <summary>Why a number of rows cannot be had; null when it can.</summary>
    public static string? LimitFault(int limit, int most) =>
        limit >= 1 && limit <= most ? null : $"limit is {limit}: ask for 1 to {most}.";

    /// <summary>What somebody is told who names a stream that is none.</summary>
    public static string NoStream(string name) =>
        $"the catalog has no stream '{name}': {ApiRoutes.Root}/flow lists all; leave out '{EventStream.KeyPrefix}'.";

    private static void Answer<T>(
        RouteGroupBuilder api, string path, string name, Func<SystemRedis, T> question, string summary)
        where T : class =>
        api.MapGet(path, (Questions questions, CancellationToken cancel) => AskAsync(questions, question, cancel))
            .WithName(name).WithTags("Look").WithSummary(summary);

    private static async Task<Results<Ok<IReadOnlyList<EntryShape>>, ProblemHttpResult>> EntriesAsync(
        string name, Questions questions, CancellationToken cancel, int limit = 20)
    {
        if (LimitFault(limit, MostEntries) is { } fault) return Problems.Asked(fault);
        if (StreamCatalog.Find(name) is not { } stream)
            return Problems.Of(StatusCodes.Status404NotFound, NoStream(name));
        return await AskAsync(questions, IReadOnlyList<EntryShape> (look) =>
            [.. look.Newest(stream, limit).Select(EntryShape.Of)], cancel);
    }

    private static async Task<Results<Ok<CandlesShape>, ProblemHttpResult>> CandlesAsync(
        [Description("for example BTCUSDT")] string symbol, Questions questions, CancellationToken cancel,
        [Description("candles, 1 to 5000")] int limit = 500)
    {
        if (LimitFault(limit, MostCandles) is { } asked) return Problems.Asked(asked);
        var (answer, fault) = await questions.AskAsync(look => CandlesShape.Of(look, symbol, limit), cancel);
        if (answer is null) return Problems.Unavailable(fault!);
        return answer.Candles.Count > 0
            ? TypedResults.Ok(answer)
            : Problems.Of(StatusCodes.Status404NotFound,
                $"no candle of '{symbol}' is among the newest that {StreamCatalog.MarketKlines.Name} keeps: "
                + "is the symbol traded here, and the market service running?");
    }

    private static async Task<Results<Ok<IReadOnlyList<string>>, ProblemHttpResult>> ActionsAsync(
        Questions questions, CancellationToken cancel, int limit = 50) =>
        LimitFault(limit, MostActions) is { } fault
            ? Problems.Asked(fault)
            : await AskAsync(questions, look => ActionLog.Newest(look, limit), cancel);

    private static Ok<SessionShape> SessionOf(HttpContext context, IAntiforgery forms) => TypedResults.Ok(
        new SessionShape(
            context.User.Identity?.Name ?? "", context.User.FindFirstValue(ClaimTypes.Role) ?? "",
            ApiKeys.IsOfKey(context.User) ? null : forms.GetAndStoreTokens(context).RequestToken));
}
