using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Quantum.Console.Acting;
using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>What the API says instead of an answer: problem details that name thing, value and mend.</summary>
internal sealed class Problems : IExceptionHandler
{
    /// <summary>One of them.</summary>
    public static ProblemHttpResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>What is asked for in a way that cannot be answered.</summary>
    public static ProblemHttpResult Asked(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    /// <summary>What cannot be told now.</summary>
    public static ProblemHttpResult Unavailable(string detail) =>
        Of(StatusCodes.Status503ServiceUnavailable, detail);

    /// <summary>Why an action was not done.</summary>
    public static ProblemHttpResult Refused(RefusalKind kind, string detail) => Of(
        kind switch
        {
            RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
            RefusalKind.Unfit => StatusCodes.Status400BadRequest,
            RefusalKind.NotThere => StatusCodes.Status404NotFound,
            RefusalKind.NotSaid => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status503ServiceUnavailable,
        },
        detail);

    /// <summary>Writes one before any route was found.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail) =>
        Of(status, detail).ExecuteAsync(context);

    /// <summary>A form that is none is answered as such: it is no fault of ours.</summary>
    public static async Task OfFormAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException asked) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = asked.StatusCode;
        }
    }

    async ValueTask<bool> IExceptionHandler.TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException asked => Of(asked.StatusCode, Words(asked)),
            _ when ConsoleRedis.IsFault(exception) => Unavailable(exception.Message.Split('\n')[0]),
            _ => null,
        };
        if (problem is null) return false;
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static string Words(BadHttpRequestException fault)
    {
        var inner = fault.InnerException is { } cause ? " " + cause.Message.Split('\n')[0] : "";
        return $"{fault.Message}{inner} What each question takes stands in {ApiRoutes.Document}.";
    }
}
