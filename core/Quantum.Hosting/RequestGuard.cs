using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Quantum.Hosting;

/// <summary>
/// Refuses what a web page elsewhere could make a browser send: a request under a name that is not this service's (DNS
/// rebinding), and one that changes something or opens a socket from another origin. Loopback is no exception.
/// </summary>
public static class RequestGuard
{
    private static readonly string[] s_loopback = ["localhost", "127.0.0.1", "::1"];

    // Probes ask by the address of the moment, and learn nothing but that something lives.
    private static readonly string[] s_open = [Extensions.AlivePath, Extensions.HealthPath];

    /// <summary>Puts it before everything that is mapped after it.</summary>
    public static WebApplication UseRequestGuard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var hosts = app.Configuration.SettingsOf<HttpSettings>().Hosts?
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var isAny = hosts.Contains("*") && !Listening.IsLoopbackOnly(app.Configuration);
        var allowed = s_loopback.Concat(hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        app.Use((context, next) => RefusalOf(context.Request, isAny, allowed) is { } refusal
            ? RefuseAsync(context, refusal)
            : next(context));
        return app;
    }

    private static string? RefusalOf(HttpRequest request, bool isAnyHost, HashSet<string> allowed)
    {
        if (s_open.Any(path => request.Path.Equals(path, StringComparison.OrdinalIgnoreCase))) return null;
        var host = request.Host.Host.Trim('[', ']');
        if (!isAnyHost && !allowed.Contains(host))
            return $"the host '{host}' is not one this service answers to: name it in Http__Hosts if it is yours.";
        return IsSafe(request) || IsOwnOrigin(request)
            ? null
            : "a request that changes something must come from this service's own pages, or name no origin at all.";
    }

    private static bool IsSafe(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !IsSocket(request);

    private static bool IsSocket(HttpRequest request) =>
        request.Headers.ContainsKey("Sec-WebSocket-Key") || request.Headers.Upgrade.Count > 0;

    // A browser names the origin of whatever is not a plain look; who names none is no browser.
    private static bool IsOwnOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")) return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, AuthorityOf(request, uri), StringComparison.OrdinalIgnoreCase));
    }

    private static string AuthorityOf(HttpRequest request, Uri origin) =>
        request.Host.Port == (origin.Scheme == Uri.UriSchemeHttps ? 443 : 80)
            ? request.Host.Host
            : request.Host.Value ?? "";

    private static Task RefuseAsync(HttpContext context, string refusal)
    {
        context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
        return context.Response.WriteAsJsonAsync(new { error = refusal });
    }
}
