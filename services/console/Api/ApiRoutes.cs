using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Quantum.Console.Access;

namespace Quantum.Console.Api;

/// <summary>The console for programs: what its pages show and do, as REST and a feed of events (docs/API.md).</summary>
internal static class ApiRoutes
{
    /// <summary>Before every path of this version.</summary>
    public const string Root = "/api/v1";

    /// <summary>Where its description is.</summary>
    public const string Document = "/openapi/v1.json";

    private const string Limit = "api";
    private const int PerSecond = 20;
    private const int Burst = 60;

    /// <summary>True for what programs ask: refusals there are problem details, and a key opens it.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi");

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Problems>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)));
        builder.Services.Configure<RateLimiterOptions>(options =>
        {
            options.AddPolicy(Limit, LimitOf);
            options.OnRejected = (context, _) => IsApi(context.HttpContext.Request.Path)
                ? new ValueTask(Problems.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests,
                    $"more than {PerSecond} questions a second of one asker: ask less often, or follow {Root}/events."))
                : ValueTask.CompletedTask;
        });
        builder.Services.AddOpenApi("v1", ApiDocument.Describe);
    }

    /// <summary>
    /// Faults of what is asked become problem details; pages keep theirs, and a form that is none is no fault of ours.
    /// </summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseWhen(context => IsApi(context.Request.Path), branch => branch.UseExceptionHandler());
        app.UseWhen(context => !IsApi(context.Request.Path), branch => branch.Use(Problems.OfFormAsync));
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi().RequireRateLimiting(Limit);
        var api = app.MapGroup(Root).RequireRateLimiting(Limit)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        LookRoutes.Map(api);
        JournalRoutes.Map(api);
        OutcomeRoutes.Map(api);
        LetterRoutes.Map(api);
        WordRoutes.Map(api);
        EventFeed.Map(api);
        app.Map("/api/{**rest}", (HttpRequest request) => Problems.Of(StatusCodes.Status404NotFound,
            $"{request.Method} {request.Path} is nothing that can be asked: {Document} lists what can."))
            .ExcludeFromDescription();
    }

    private static RateLimitPartition<string> LimitOf(HttpContext context) => RateLimitPartition.GetTokenBucketLimiter(
        $"{context.User.Identity?.Name} {context.Connection.RemoteIpAddress}",
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });
}
