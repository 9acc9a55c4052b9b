using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Quantum.Console.Tests.Harness;

namespace Quantum.Console.Tests;

/// <summary>The login with an OpenID Connect provider: the whole protocol against one on loopback.</summary>
public sealed class OpenIdTests : IDisposable
{
    private readonly RedisServer _redis = RedisServer.Start();
    private readonly OpenIdProvider _provider = new();

    public void Dispose()
    {
        _provider.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task The_claim_makes_the_role_and_who_has_none_or_a_forged_token_stays_out()
    {
        using var console = await StartAsync();
        _provider.Claims["preferred_username"] = "olga";
        _provider.Claims["groups"] = (string[])["staff", "traders"];
        Assert.Equal(("olga", "operator"), await LogInAsync(console));
        _provider.Claims["groups"] = "auditors";
        Assert.Equal(("olga", "reader"), await LogInAsync(console));
        _provider.Claims["groups"] = "staff";
        Assert.Null(await LogInAsync(console));
        console.Tells("no value of the claim 'groups' makes a role here");
        _provider.Claims["groups"] = "traders";
        _provider.Claims.Remove("preferred_username");
        Assert.Null(await LogInAsync(console));
        _provider.Claims["preferred_username"] = "olga";
        _provider.IsForger = true;
        Assert.Null(await LogInAsync(console));
        console.Tells("Logged in: olga from 127.0.0.1, operator");
        Assert.DoesNotContain(OpenIdProvider.Secret, console.Said);
    }

    [BrowserFact]
    public async Task A_browser_goes_there_and_back_and_its_page_lives()
    {
        using var console = await StartAsync();
        _provider.Claims["preferred_username"] = "olga";
        _provider.Claims["groups"] = "auditors";
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.OpenLoginAsync(console);
        Assert.Equal(0, await page.Of("input[type=password]").CountAsync());
        await page.Of("a.button").ClickAsync();
        await page.LiveAsync();
        await page.SeesAsync(".verdict", "Quantum is not whole");
        await page.Of("button.halt").ClickAsync();
        await page.SeesAsync("#stop", "only an operator may act");
        Assert.All(page.Faults, fault => Assert.StartsWith("left the host: " + _provider.Url, fault));
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_told_on_the_page_of_the_login()
    {
        using var console = await StartAsync("Access:OpenId:Authority=http://127.0.0.1:9");
        using var answer = await console.Http.GetAsync(Path("/login/openid"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("does not answer", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Authority", "desk", "Access:OpenId:Authority is 'desk'")]
    [InlineData("Authority", "http://id.example", "with https://")]
    [InlineData("Authority", "", "Access:OpenId:Authority is empty")]
    [InlineData("ClientId", "", "Access:OpenId:ClientId is empty")]
    [InlineData("Operators", "", "nobody could log in")]
    [InlineData("Scopes", "profile", "Access:OpenId:Scopes is 'profile'")]
    [InlineData("ClientSecret", "of-the-line", "stands on the command line")]
    public void A_wrong_or_missing_setting_is_one_line(string name, string value, string words)
    {
        string[] settings = [.. Settings().Where(setting => name == "Operators" ? !setting.Contains("Readers") : true),
            $"Access:OpenId:{name}={value}"];
        var (code, said) = ServiceRun.RunToEnd("console", Secret(), settings);
        Assert.Equal(2, code);
        Assert.Contains(words, said);
        Assert.Single(said.Trim().Split('\n'));
        Assert.DoesNotContain("of-the-line", said);
    }

    [Fact]
    public void Without_a_secret_it_does_not_start()
    {
        var (code, said) = ServiceRun.RunToEnd("console", Settings());
        Assert.Equal(2, code);
        Assert.Contains("Access:OpenId:ClientSecret is empty", said);
    }

    private Task<ServiceRun> StartAsync(params string[] settings) =>
        ServiceRun.StartAsync("console", Secret(), [.. Settings(), .. settings]);

    private static Dictionary<string, string> Secret() =>
        new(StringComparer.Ordinal) { ["Access__OpenId__ClientSecret"] = OpenIdProvider.Secret };

    private string[] Settings() =>
    [
        $"ConnectionStrings:redis={_redis.ConnectionString}", $"Access:OpenId:Authority={_provider.Url}",
        $"Access:OpenId:ClientId={OpenIdProvider.ClientId}", "Access:OpenId:RoleClaim=groups",
        "Access:OpenId:Operators=traders;owners", "Access:OpenId:Readers=auditors",
    ];

    /// <summary>Goes the whole way as a browser does; null when it ends without a session.</summary>
    private static async Task<(string Name, string Role)?> LogInAsync(ServiceRun console)
    {
        using var jar = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(jar) { BaseAddress = new Uri(console.Url) };
        var at = new Uri(browser.BaseAddress, "/login/openid");
        for (var steps = 0; steps < 6; steps++)
        {
            using var answer = await browser.GetAsync(at);
            if (answer.Headers.Location is not { } next) break;
            at = new Uri(at, next);
        }

        using var who = await browser.GetAsync(Path("/api/v1/session"));
        if (who.StatusCode == HttpStatusCode.Unauthorized) return null;
        var session = await who.Content.ReadFromJsonAsync<JsonElement>();
        return (session.GetProperty("name").GetString()!, session.GetProperty("role").GetString()!);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
