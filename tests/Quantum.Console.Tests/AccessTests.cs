using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Quantum.Console.Tests.Harness;
using Quantum.Resp;

namespace Quantum.Console.Tests;

/// <summary>Who gets in, and what no page elsewhere can make a browser do: asked over plain HTTP.</summary>
public sealed partial class AccessTests : IDisposable
{
    private const string Password = "correct horse battery";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly RedisServer _redis = RedisServer.Start();

    public void Dispose() => _redis.Dispose();

    [Theory]
    [InlineData("Kestrel:Endpoints:http:Url=http://0.0.0.0:0")]
    [InlineData("Kestrel:Endpoints:http:Url=http://*:0")]
    // Something in front of it brings others to loopback, under a name of its own.
    [InlineData("Http:Hosts=desk.example")]
    public void Off_loopback_it_does_not_start_without_users(string listening)
    {
        var (code, said) = ServiceRun.RunToEnd(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}", listening);
        Assert.Equal(2, code);
        Assert.Contains("Access:Users is empty", said);
        Assert.DoesNotContain("   at ", said);
    }

    [Theory]
    [InlineData("Kestrel:Endpoints:http:Url=http://0.0.0.0:0")]
    [InlineData("Http:Hosts=desk.example")]
    public void Off_loopback_governance_does_not_start_without_a_key(string setting)
    {
        var (code, said) = ServiceRun.RunToEnd(
            "governance", $"ConnectionStrings:redis={_redis.ConnectionString}", setting);
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
        console.Tells("Login refused: anna from 127.0.0.1");
        Assert.DoesNotContain(Password, console.Said);
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
        using (var desk = await ServiceRun.StartAsync("console", [.. Users("operator"), "Http:Hosts=desk.example"]))
        {
            Assert.Equal(HttpStatusCode.Redirect, await AskAsync(desk, HttpMethod.Get, "/", "desk.example"));
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(desk, HttpMethod.Get, "/", "evil.example"));
        }

        using var console = await ServiceRun.StartAsync(
            "console", $"ConnectionStrings:redis={_redis.ConnectionString}");
        Assert.Equal(
            HttpStatusCode.Forbidden, await AskAsync(console, HttpMethod.Get, "/api/v1/overview", "evil.example"));
        foreach (var origin in (string[])["http://evil.example", "null", "http://127.0.0.1:1"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(console, HttpMethod.Post, "/logout", null, origin));
            Assert.Equal(
                HttpStatusCode.Forbidden, await AskAsync(console, HttpMethod.Post, "/_blazor/negotiate", null, origin));
            Assert.Equal(
                HttpStatusCode.Forbidden,
                await AskAsync(console, HttpMethod.Get, "/_blazor", null, origin, isSocket: true));
        }

        // Without the form's token not even our own origin acts.
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync(console, HttpMethod.Post, "/logout", null, console.Url));

        static async Task<HttpStatusCode> AskAsync(
            ServiceRun console, HttpMethod method, string path, string? host, string? origin = null,
            bool isSocket = false)
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
    public async Task A_session_holds_until_its_logout_and_only_while_its_user_is_as_it_was()
    {
        var home = Home();
        var folder = home["HOME"];
        string session, other;
        string[] users = [.. Users("operator"), $"contentRoot={folder}"];
        using (var console = await ServiceRun.StartAsync("console", home, users))
        {
            session = await SessionAsync(console);
            Assert.Equal(HttpStatusCode.OK, await SeenAsync(console, session));
            other = await SessionAsync(console);
            await LogOutAsync(console, other);
            Assert.Equal(HttpStatusCode.Redirect, await SeenAsync(console, other));
            Assert.Equal(HttpStatusCode.OK, await SeenAsync(console, session));
        }

        // Behind a restart as well.
        using (var again = await ServiceRun.StartAsync("console", home, users))
        {
            Assert.Equal(HttpStatusCode.OK, await SeenAsync(again, session));
            Assert.Equal(HttpStatusCode.Redirect, await SeenAsync(again, other));
        }

        // The hash of the same password, made anew, is another: as after any change of it.
        using var changed = await ServiceRun.StartAsync(
            "console", home, [.. Users("operator"), $"contentRoot={folder}"]);
        Assert.Equal(HttpStatusCode.Redirect, await SeenAsync(changed, session));
    }

    [Fact]
    public async Task While_Redis_does_not_tell_who_logged_out_only_a_new_login_holds()
    {
        var home = Home();
        string[] users = [.. Users("operator"), $"contentRoot={home["HOME"]}"];
        string session, ended;
        using (var console = await ServiceRun.StartAsync("console", home, users))
        {
            (session, ended) = (await SessionAsync(console), await SessionAsync(console));
            _redis.Freeze();
            // A logout while it is away holds at once, and is kept once it is back.
            await LogOutAsync(console, ended);
            Assert.Equal(HttpStatusCode.Redirect, await SeenAsync(console, ended));
            Assert.Equal(HttpStatusCode.OK, await SeenAsync(console, session));
            console.Tells("A logout is not kept in Redis yet");
            _redis.Resume();
            Eventually.True(() => Kept() == 1, s_limit, what: "Redis keeps the logout");
            // Only as long as the cookie could hold.
            Eventually.True(() => Asked("PTTL") > 0, s_limit, what: "Redis forgets it in time");
            Assert.InRange(Asked("PTTL"), 1, (long)TimeSpan.FromHours(8).TotalMilliseconds);
        }

        _redis.Freeze();
        using var again = await ServiceRun.StartAsync("console", home, users);
        Assert.Equal(HttpStatusCode.Redirect, await SeenAsync(again, session));
        Assert.Equal(HttpStatusCode.OK, await SeenAsync(again, await SessionAsync(again)));
        _redis.Resume();
        await Eventually.TrueAsync(
            async () => await SeenAsync(again, session) == HttpStatusCode.OK, s_limit, what: "the session holds again");
        Assert.Equal(HttpStatusCode.Redirect, await SeenAsync(again, ended));
    }

    [Fact]
    public async Task Over_tls_the_cookie_is_for_tls_alone()
    {
        // TLS ends in front of it, as in a deployment.
        using var console = await ServiceRun.StartAsync(
            "console", new Dictionary<string, string> { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" },
            Users("operator"));
        var (token, cookie) = await FormAsync(console);
        using var plain = await LogInAsync(console, token, cookie, Password);
        Assert.DoesNotContain("secure", CookieOf(plain, "quantum-console="), StringComparison.OrdinalIgnoreCase);
        console.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var safe = await LogInAsync(console, token, cookie, Password);
        Assert.Contains("; secure", CookieOf(safe, "quantum-console="), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("max-age=", Assert.Single(safe.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task A_session_ends_by_its_time_however_often_it_is_used()
    {
        using var console = await ServiceRun.StartAsync("console", [.. Users("operator"), "Access:SessionHours=0.01"]);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var session = await SessionAsync(console);
        Assert.Equal(HttpStatusCode.OK, await SeenAsync(console, session));
        await Eventually.TrueAsync(
            async () => await SeenAsync(console, session) == HttpStatusCode.Redirect, TimeSpan.FromSeconds(120),
            "the session is over");
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task An_unknown_name_takes_as_long_as_a_wrong_password()
    {
        var told = "";
        // A machine has other work: a name that costs nothing to refuse is quick in every round.
        for (var round = 0; round < 4; round++)
        {
            using var console = await ServiceRun.StartAsync("console", Users("operator"));
            var (token, cookie) = await FormAsync(console);
            await TookAsync("anna");
            var (unknown, wrong) = (await TookAsync("nobody"), await TookAsync("anna"));
            (unknown, wrong) = (Min(unknown, await TookAsync("nobody")), Min(wrong, await TookAsync("anna")));
            if (unknown > wrong * 0.4) return;
            told += $"a wrong password took {wrong}, an unknown name {unknown}; ";

            async Task<TimeSpan> TookAsync(string name)
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                using var answer = await LogInAsync(console, token, cookie, "guess", name);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                return clock.Elapsed;
            }
        }

        Assert.Fail(told);

        static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
    }

    [BrowserFact]
    public async Task In_a_browser_a_wrong_password_is_refused_and_a_logout_closes_every_page_of_the_session()
    {
        using var console = await ServiceRun.StartAsync("console", Users("operator"));
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenLoginAsync(console);
        await FillAsync(page, "guess");
        await page.SeesAsync("[role=alert]", "Name or password is wrong");
        await FillAsync(page, Password);
        await page.LiveAsync();
        await page.Of("button.halt").ClickAsync();
        await page.SeesAsync("#stop .by", "anna");
        var second = await page.Page.Context.NewPageAsync();
        await second.GotoAsync(console.Url + "/policy");
        await second.Locator("form[action='/logout'] button, form[action='logout'] button").First.ClickAsync();
        await second.Locator("form[action='/login']").WaitForAsync();
        await page.Of("form[action='/login']").WaitForAsync();

        // A page of elsewhere makes the browser send a form: it is refused by its origin.
        await second.GotoAsync("about:blank");
        await second.SetContentAsync($"<form method=post action='{console.Url}/logout'><button>x</button></form>");
        var refused = await second.RunAndWaitForResponseAsync(
            () => second.ClickAsync("button"), answer => answer.Url.EndsWith("/logout", StringComparison.Ordinal));
        Assert.Equal(403, refused.Status);
        await page.Page.GotoAsync("/login");
        for (var i = 0; i < 6 && await page.Of("form").CountAsync() > 0; i++) await FillAsync(page, "guess");
        Assert.Equal(0, await page.Of("form").CountAsync());

        static async Task FillAsync(WatchedPage page, string password)
        {
            await page.Page.EvaluateAsync("document.documentElement.dataset.before = 'yes'");
            await page.Of("input[name=name]").FillAsync("anna");
            await page.Of("input[name=password]").FillAsync(password);
            await page.Of("button[type=submit]").ClickAsync();
            // Asked for, not listened for: whoever listens too late for a page that is loaded listens for ever.
            const string isNext = "!document.documentElement.dataset.before && document.readyState !== 'loading'";
            await Eventually.TrueAsync(() => page.HoldsAsync(isNext), what: "the next page is there");
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
        ServiceRun console, string token, string cookie, string password, string name = "anna")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path("/login"));
        request.Content = new FormUrlEncodedContent(
            [new("name", name), new("password", password), new("__RequestVerificationToken", token)]);
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        return await console.Http.SendAsync(request);
    }

    private static async Task<string> SessionAsync(ServiceRun console)
    {
        var (token, cookie) = await FormAsync(console);
        using var answer = await LogInAsync(console, token, cookie, Password);
        return CookieOf(answer, "quantum-console=").Split(';')[0];
    }

    // The key ring outlives the process, as it does in the home of whoever runs it, always in the same folder.
    private Dictionary<string, string> Home()
    {
        var folder = System.IO.Path.Combine(_redis.Folder, "home");
        Directory.CreateDirectory(folder);
        return new() { ["HOME"] = folder, ["DOTNET_CLI_HOME"] = folder };
    }

    private long Kept() => Asked("HLEN");

    private long Asked(string command)
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString));
        return connection.Call(command, "quantum:console:ended").ReadInteger();
    }

    private static async Task LogOutAsync(ServiceRun console, string session)
    {
        using var page = await console.Http.SendAsync(With(HttpMethod.Get, "/", session));
        var cookie = CookieOf(page, "quantum-form=").Split(';')[0];
        using var logout = With(HttpMethod.Post, "/logout", session + "; " + cookie);
        logout.Content = new FormUrlEncodedContent([new(
            "__RequestVerificationToken", Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value)]);
        using var left = await console.Http.SendAsync(logout);
        Assert.Equal("/login", left.Headers.Location?.OriginalString);
    }

    private static async Task<HttpStatusCode> SeenAsync(ServiceRun console, string cookie)
    {
        using var answer = await console.Http.SendAsync(With(HttpMethod.Get, "/", cookie));
        return answer.StatusCode;
    }

    private static HttpRequestMessage With(HttpMethod method, string path, string cookie)
    {
        var request = new HttpRequestMessage(method, Path(path));
        request.Headers.Add("Cookie", cookie);
        return request;
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
