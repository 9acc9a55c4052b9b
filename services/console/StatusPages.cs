
namespace Quantum.Console;

/// <summary>The console's addresses: the page, and the JSON behind it.</summary>
public static class StatusPages
{
    public static void Map(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/", async (StatusReader gateway, ControlAddress control, CancellationToken cancel) =>
        {
            var (status, fault) = await gateway.ReadAsync(cancel);
            return status is null
                ? Html(StatusPage.Away(fault), StatusCodes.Status503ServiceUnavailable)
                : Html(StatusPage.Of(status, control), StatusCodes.Status200OK);
        });
        app.MapGet("/api/status", async (StatusReader gateway, CancellationToken cancel) =>
        {
            var (status, fault) = await gateway.ReadAsync(cancel);
            return status is null
                ? Results.Json(new { error = fault }, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Json(status);
        });
    }

    private static IResult Html(string page, int code) => Results.Content(page, "text/html; charset=utf-8", null, code);
}
