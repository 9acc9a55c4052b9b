using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Quantum.Console.Components;
using Quantum.Resp;

namespace Quantum.Console.Access;

/// <summary>Login and logout: forms with an antiforgery token, the login rate-limited.</summary>
internal static class LoginPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/login", (AccessSettings settings, HttpContext context) => settings.HasLogin
            ? Page(context, "", StatusCodes.Status200OK)
            : Results.Redirect("/"));
        app.MapPost("/login", LogInAsync).RequireRateLimiting(AccessExtensions.LoginLimit);
        app.MapPost("/logout", LogOutAsync);
        OpenIdLogin.Map(app, app.Services.GetRequiredService<AccessSettings>());
    }

    private static async Task<IResult> LogInAsync(
        [FromForm] string? name, [FromForm] string? password, HttpContext context, AccessSettings settings,
        TimeProvider time, ILoggerFactory logs)
    {
        var log = logs.CreateLogger(typeof(LoginPages));
        var from = context.Connection.RemoteIpAddress?.ToString();
        if (Passwords.UserOf(settings.Users, name ?? "", password ?? "") is not { } user)
        {
            log.LogWarning("Login refused: {User} from {Address}", NameText.Shown(name ?? ""), from);
            return Page(context, "Name or password is wrong.", StatusCodes.Status401Unauthorized);
        }

        var end = time.GetUtcNow().AddHours(settings.SessionHours);
        await context.SignInAsync(Sessions.Of(user, end), new AuthenticationProperties { ExpiresUtc = end });
        log.LogInformation("Logged in: {User} from {Address}, {Role}", user.Name, from, user.Role);
        return Results.Redirect("/");
    }

    private static async Task<IResult> LogOutAsync([FromForm] string? stay, HttpContext context, OpenSessions sessions)
    {
        if (stay is null)
        {
            await sessions.EndAsync(context.User);
            await context.SignOutAsync();
        }

        return Results.Redirect("/login");
    }

    /// <summary>The form, with why the last attempt failed.</summary>
    public static RazorComponentResult<Login> Page(HttpContext context, string fault, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<Login>(new { Fault = fault }) { StatusCode = status };
    }
}
