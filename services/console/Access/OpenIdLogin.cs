using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Quantum.Resp;

namespace Quantum.Console.Access;

/// <summary>
/// The login with an OpenID Connect provider: authorization code with PKCE, and what comes of it is a session like any
/// other, with a role that follows from a claim.
/// </summary>
internal static class OpenIdLogin
{
    /// <summary>Where the provider sends the browser back to.</summary>
    public const string Callback = "/signin-oidc";

    /// <summary>Where a login begins.</summary>
    public const string Begin = "/login/openid";

    /// <summary>Where it ends: a page of our own, so that the strict cookie goes with the next step.</summary>
    public const string Done = "/login/done";

    /// <summary>Where it ends when it failed.</summary>
    public const string Failed = "/login/failed";

    private const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>What a session by a provider rests on: the role alone.</summary>
    public static string GroundOf(ClaimsPrincipal user) =>
        Sessions.GroundOf(new AccessUser("", user.FindFirstValue(ClaimTypes.Role) ?? "", ""));

    public static void Add(AuthenticationBuilder authentication, AccessSettings access)
    {
        var settings = access.OpenId;
        if (!settings.IsOn) return;
        authentication.AddOpenIdConnect(Scheme, options =>
        {
            options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            (options.Authority, options.ClientId) = (settings.Authority, settings.ClientId);
            options.ClientSecret = settings.ClientSecret;
            // http is checked to be on this machine.
            options.RequireHttpsMetadata = new Uri(settings.Authority!).Scheme == Uri.UriSchemeHttps;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // Coming back is a look at an address, not a form from elsewhere, which the guard refuses.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.CallbackPath = Callback;
            options.MapInboundClaims = false;
            options.Scope.Clear();
            foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                options.Scope.Add(scope);
            foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            options.Events.OnTokenValidated = context => TakeAsync(context, access);
            options.Events.OnTicketReceived = context =>
            {
                context.ReturnUri = Done;
                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = FailAsync;
        });
    }

    public static void Map(WebApplication app, AccessSettings access)
    {
        if (!access.OpenId.IsOn) return;
        app.MapGet(Begin, BeginAsync).RequireRateLimiting(AccessExtensions.LoginLimit);
        app.MapGet(Done, () => Results.Content(
            """<!DOCTYPE html><html lang="en"><title>Quantum</title><link rel="icon" href="/icon.svg">"""
            + """<meta http-equiv="refresh" content="0; url=/">"""
            + """<p>You are logged in: <a href="/">to the console</a>.</p></html>""",
            "text/html; charset=utf-8"));
        app.MapGet(Failed, (HttpContext context) => LoginPages.Page(
            context, "The login did not succeed; the console's log tells why.", StatusCodes.Status401Unauthorized));
    }

    private static async Task<IResult> BeginAsync(HttpContext context, AccessSettings access, ILoggerFactory logs)
    {
        try
        {
            await context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = Done });
            return Results.Empty;
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            logs.CreateLogger(typeof(OpenIdLogin)).LogError(
                "The provider {Authority} cannot be asked. {Fault}", access.OpenId.Authority,
                NameText.Shown(fault.Message));
            return LoginPages.Page(
                context, "The provider of the login does not answer: try again later.",
                StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static Task TakeAsync(TokenValidatedContext context, AccessSettings access)
    {
        var (settings, from) = (access.OpenId, context.HttpContext.Connection.RemoteIpAddress?.ToString());
        var name = context.Principal?.FindFirstValue(settings.NameClaim);
        var role = settings.RoleOf(context.Principal?.FindAll(settings.RoleClaim).Select(claim => claim.Value) ?? []);
        var log = Log(context.HttpContext);
        if (string.IsNullOrWhiteSpace(name) || role is null)
        {
            log.LogWarning("Login refused: {User} from {Address}, by {Authority}: {Why}",
                NameText.Shown(name ?? ""), from, settings.Authority,
                role is null ? $"no value of the claim '{settings.RoleClaim}' makes a role here"
                    : $"the claim '{settings.NameClaim}' is empty");
            context.Fail("no role or no name");
            return Task.CompletedTask;
        }

        var time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var end = time.GetUtcNow().AddHours(access.SessionHours);
        context.Principal = Sessions.Of(new AccessUser(name, role, ""), end);
        context.Properties!.ExpiresUtc = end;
        log.LogInformation("Logged in: {User} from {Address}, {Role}, by {Authority}",
            NameText.Shown(name), from, role, settings.Authority);
        return Task.CompletedTask;
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        Log(context.HttpContext).LogWarning("Login failed from {Address}. {Fault}",
            context.HttpContext.Connection.RemoteIpAddress?.ToString(), NameText.Shown(context.Failure?.Message ?? ""));
        context.Response.Redirect(Failed);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static ILogger Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdLogin));
}
