using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>Who gets in, and what no page elsewhere can make a browser do: asked over plain HTTP.</summary>
public sealed partial class AccessTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly RedisServer _redis = RedisServer.Start();

    public void Dispose() => _redis.Dispose();

    [Theory]
    [InlineData("Kestrel:Endpoints:http:Url=http://0.0.0.0:0")]
    [InlineData("Kestrel:Endpoints:http:Url=http://*:0")]
    public void Off_loopback_it_does_not_start_without_users(string listening)
    {
        var (code, said) = ServiceRun.RunToEnd(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}", listening);
        Assert.Equal(2, code);
        Assert.Contains("Access:Users is empty", said);
        Assert.DoesNotContain("   at ", said);
    }

    [Fact]
    public void Off_loopback_governance_does_not_start_without_a_key()
    {
        var (code, said) = ServiceRun.RunToEnd("governance", $"ConnectionStrings:redis={_redis.ConnectionString}",
            "Kestrel:Endpoints:http:Url=http://0.0.0.0:0");
        Assert.Equal(2, code);
        Assert.Contains("Control:Key is not set", said);
    }

    [Theory]
    [InlineData("Access:Users:0:Role=admin", "'admin'")]
    [InlineData("Access:Users:0:PasswordHash=secret", "password hash of anna is none")]
    [InlineData("Access:Users:0:Name= ", "without a name")]
    public void A_wrong_user_is_one_line_and_never_tells_the_hash(string setting, string words)
    {
        var (code, said) = ServiceRun.RunToEnd("console", [.. Users("operator"), setting]);
        Assert.Equal(2, code);
        Assert.Contains(words, said);
        Assert.DoesNotContain("secret", said);
    }

    [Fact]
    public async Task Without_a_login_nothing_is_shown_and_the_form_lets_in_who_knows_the_password()
    {
        using var console = await ServiceRun.StartAsync("console", Users("operator"));
        using (var page = await console.Http.GetAsync(Path("/")))
            Assert.Equal((HttpStatusCode.Redirect, "/login"), (page.StatusCode, page.Headers.Location?.OriginalString));
        foreach (var path in (string[])["/api/v1/overview", "/_blazor/negotiate", "/_blazor"])
        {
            using var refused = await console.Http.GetAsync(Path(path));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        var (token, cookie) = await FormAsync(console);
        using (var wrong = await LogInAsync(console, token, cookie, "guess"))
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using (var forged = await LogInAsync(console, "", "", Password))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var right = await LogInAsync(console, token, cookie, Password);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        var session = CookieOf(right, "quantum-console=");
        foreach (var flag in (string[])["httponly", "samesite=strict"])
            Assert.Contains(flag, session, StringComparison.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path("/"));
        request.Headers.Add("Cookie", session.Split(';')[0]);
        using var whole = await console.Http.SendAsync(request);
        Assert.Contains("Overview", await whole.Content.ReadAsStringAsync());
        Assert.DoesNotContain(Password, console.Said);
        Assert.Contains("Login refused: anna from 127.0.0.1", console.Said);
    }

    [Fact]
    public async Task After_five_logins_in_a_minute_the_sixth_is_refused()
    {
        using var console = await ServiceRun.StartAsync("console", Users("operator"));
        var (token, cookie) = await FormAsync(console);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            using var answer = await LogInAsync(console, token, cookie, "guess");
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.All(answers.SkipLast(1), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
    }

    [Fact]
    public async Task No_name_but_its_own_is_answered_to_and_no_other_origin_acts()
    {
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}", "Http:Hosts=desk.example");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(HttpMethod.Get, "/", "desk.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Get, "/", "evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Get, "/api/v1/overview", "evil.example"));
        foreach (var origin in (string[])["http://evil.example", "null", "http://127.0.0.1:1"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Post, "/logout", null, origin));
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Post, "/_blazor/negotiate", null, origin));
            Assert.Equal(
                HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Get, "/_blazor", null, origin, isSocket: true));
        }

        // Without the form's token not even our own origin acts.
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync(HttpMethod.Post, "/logout", null, console.Url));

        async Task<HttpStatusCode> AskAsync(
            HttpMethod method, string path, string? host, string? origin = null, bool isSocket = false)
        {
            using var request = new HttpRequestMessage(method, Path(path));
            if (host is not null) request.Headers.Host = host;
            if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
            if (isSocket) request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "x");
            if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("a", "b")]);
            using var answer = await console.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Every_answer_bears_the_headers_and_no_page_an_inline_script()
    {
        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}");
        foreach (var path in (string[])["/", "/flow", "/app.css", "/api/v1/overview", "/nowhere"])
        {
            using var answer = await console.Http.GetAsync(Path(path));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotMatch("<script(?![^>]*src=)", text);
            Assert.DoesNotMatch(@"\sstyle=""|\son[a-z]+=""", text);
        }
    }

    private string[] Users(string role) =>
    [
        $"ConnectionStrings:redis={_redis.ConnectionString}", "Access:Users:0:Name=anna", $"Access:Users:0:Role={role}",
        "Access:Users:0:PasswordHash=" + new PasswordHasher<string>().HashPassword("", Password),
    ];

    private static string CookieOf(HttpResponseMessage answer, string name) => answer.Headers.GetValues("Set-Cookie")
        .Single(cookie => cookie.StartsWith(name, StringComparison.Ordinal));

    private static async Task<(string Token, string Cookie)> FormAsync(ServiceRun console)
    {
        using var page = await console.Http.GetAsync(Path("/login"));
        var cookie = CookieOf(page, "quantum-form=");
        return (Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value, cookie.Split(';')[0]);
    }

    private static async Task<HttpResponseMessage> LogInAsync(
        ServiceRun console, string token, string cookie, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path("/login"));
        request.Content = new FormUrlEncodedContent(
            [new("name", "anna"), new("password", password), new("__RequestVerificationToken", token)]);
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        return await console.Http.SendAsync(request);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
