using System.Text.RegularExpressions;

namespace Quantum.Console.Backtests;

/// <summary>
/// Serves the report of a backtest: a page with scripts inside, so it comes sandboxed, with an origin of its own that
/// reaches nothing of the console, and allowed no more than the scripts and styles that it names by their hashes.
/// </summary>
internal static partial class BacktestReport
{
    private const int HeadBytes = 2_048;

    public static void Map(WebApplication app) => app.MapGet("/backtests/{id}/report", AnswerAsync);

    /// <summary>The report of a backtest.</summary>
    public static async Task<IResult> AnswerAsync(
        string id, bool? download, BacktestShelf shelf, HttpContext context, CancellationToken cancel)
    {
        if (shelf.ReportOf(id) is not { } file) return Results.NotFound();
        var policy = await PolicyOfAsync(file, cancel);
        if (policy is null || download == true) return Results.File(file, "text/html", $"backtest-{id}.html");
        context.Response.Headers.ContentSecurityPolicy = policy + "; frame-ancestors 'none'; sandbox allow-scripts";
        // A page in a sandbox is of no origin that could be shared.
        context.Response.Headers.Remove("Cross-Origin-Opener-Policy");
        return Results.File(file, "text/html; charset=utf-8");
    }

    /// <summary>The policy that a report names in its head; null when it is not exactly of our form.</summary>
    private static async Task<string?> PolicyOfAsync(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        var head = new byte[HeadBytes];
        var read = await stream.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancel);
        var found = Policy().Match(System.Text.Encoding.UTF8.GetString(head, 0, read));
        return found.Success ? found.Groups["policy"].Value : null;
    }

    [GeneratedRegex(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"(?<policy>default-src 'none'; "
        + "style-src 'sha256-[A-Za-z0-9+/=]{44}'; script-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; "
        + "form-action 'none')\">")]
    private static partial Regex Policy();
}
