using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Quantum.Console.Api;

namespace Quantum.Console.Access;

/// <summary>What stands between the network and the pages.</summary>
internal static class AccessExtensions
{
    /// <summary>Name of the rate limit of logins.</summary>
    public const string LoginLimit = "login";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private const int LoginsPerMinute = 5;

    // What a page needs before anybody has logged in: files that tell nothing.
    private static readonly string[] s_open =
    [
        "/login", OpenIdLogin.Begin, OpenIdLogin.Done, OpenIdLogin.Failed, Extensions.AlivePath, Extensions.HealthPath,
        "/app.css", "/app.js", "/icon.svg",
    ];
    private static readonly string[] s_openFolders = ["/fonts"];

    public static void AddAccess(this WebApplicationBuilder builder, AccessSettings settings)
    {
        builder.Services.AddSingleton(settings);
        ApiKeys.Check(settings);
        builder.Services.AddSingleton<ApiKeys>();
        builder.Services.AddSingleton<EndedSessions>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EndedSessions>());
        builder.Services.AddSingleton<OpenSessions>();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme);
        authentication.AddCookie(options =>
        {
            options.Cookie.Name = "quantum-console";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = TimeSpan.FromHours(settings.SessionHours);
            options.SlidingExpiration = false;
            options.LoginPath = "/login";
            options.Events.OnValidatePrincipal = context =>
            {
                var sessions = context.HttpContext.RequestServices.GetRequiredService<OpenSessions>();
                if (!sessions.Holds(context.Principal!)) context.RejectPrincipal();
                return Task.CompletedTask;
            };
        });
        OpenIdLogin.Add(authentication, settings);
        builder.Services.AddAuthorization();
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "quantum-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(LoginLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = LoginsPerMinute, Window = TimeSpan.FromMinutes(1),
                }));
        });
    }

    public static void UseAccess(this WebApplication app, AccessSettings settings)
    {
        app.Use(AddHeadersAsync);
        app.UseAuthentication();
        var keys = app.Services.GetRequiredService<ApiKeys>();
        app.Use((context, next) => AdmitAsync(context, next, settings, keys));
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
    }

    private static Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not "no-referrer": with it a browser names no origin for our own forms, and the guard refuses them.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }

    private static Task AdmitAsync(
        HttpContext context, RequestDelegate next, AccessSettings settings, ApiKeys keys)
    {
        var isApi = ApiRoutes.IsApi(context.Request.Path);
        // A key that is given counts, or nobody does: a wrong one never falls back to a session or this machine.
        if (isApi && ApiKeys.Given(context.Request) is { } key) return AdmitKeyAsync(context, next, keys, key);
        if (!settings.HasLogin)
        {
            // The start refuses to listen elsewhere; should it ever, this holds all the same.
            if (context.Connection.LocalIpAddress is { } local && !IPAddress.IsLoopback(local))
                return RefuseAsync(context, StatusCodes.Status403Forbidden);
            context.User = Sessions.OfThisMachine();
        }

        context.User = Sessions.At(context.User, context.Connection.RemoteIpAddress?.ToString());
        if (context.User.Identity is { IsAuthenticated: true } || IsOpen(context.Request.Path)) return next(context);
        if (!HttpMethods.IsGet(context.Request.Method) || isApi || context.Request.Path.StartsWithSegments("/_blazor"))
            return RefuseAsync(context, StatusCodes.Status401Unauthorized);
        context.Response.Redirect("/login");
        return Task.CompletedTask;
    }

    private static Task AdmitKeyAsync(HttpContext context, RequestDelegate next, ApiKeys keys, string key)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        if (keys.UserOf(key) is { } user)
        {
            context.User = Sessions.At(user, address);
            return next(context);
        }

        return keys.MayTryAgain(address ?? "")
            ? Problems.WriteAsync(context, StatusCodes.Status401Unauthorized,
                "the key that was given opens nothing: ./quantum api-key list shows those that do.")
            : Problems.WriteAsync(context, StatusCodes.Status429TooManyRequests,
                "too many wrong keys came from this address: wait a minute.");
    }

    private static bool IsOpen(PathString path) =>
        s_open.Any(open => path.Equals(open, StringComparison.OrdinalIgnoreCase))
        || s_openFolders.Any(folder => path.StartsWithSegments(folder));

    private static Task RefuseAsync(HttpContext context, int status)
    {
        if (ApiRoutes.IsApi(context.Request.Path))
            return Problems.WriteAsync(context, status,
                "neither a key nor a session was given: make a key with ./quantum api-key add NAME --role reader, "
                + $"and send it as 'Authorization: Bearer …' or as {ApiKeys.Header}.");
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = "log in first." });
    }
}
