using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Quantum.Contracts.Settings;
using Quantum.Looking;

namespace Quantum.Console.Tests.Harness;

/// <summary>A console with a login and a file of keys, over an empty Redis: no other service runs.</summary>
public sealed partial class ApiConsole : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    internal RedisServer Redis { get; } = RedisServer.Start();

    internal ServiceRun Console { get; private set; } = null!;

    internal string KeysPath => Path.Combine(Redis.Folder, RunFiles.ApiKeys);

    public async Task InitializeAsync() => Console = await ServiceRun.StartAsync(
        "console", $"ConnectionStrings:redis={Redis.ConnectionString}", $"Access:KeysPath={KeysPath}",
        "Access:Users:0:Name=anna", "Access:Users:0:Role=operator",
        "Access:Users:0:PasswordHash=" + new PasswordHasher<string>().HashPassword("", Password));

    public Task DisposeAsync()
    {
        Console.Dispose();
        Redis.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A new key.</summary>
    internal string Key(string role) => ApiKeyFile.Add(KeysPath, $"key-{Guid.NewGuid():N}", role, 1);

    /// <summary>Logs in; gives the cookie of the session.</summary>
    internal async Task<string> SessionAsync()
    {
        using var page = await Console.Http.GetAsync(new Uri("/login", UriKind.Relative));
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login")
        {
            Content = new FormUrlEncodedContent(
                [new("name", "anna"), new("password", Password), new("__RequestVerificationToken", token)]),
        };
        request.Headers.Add("Cookie", CookieOf(page, "quantum-form="));
        using var answer = await Console.Http.SendAsync(request);
        return CookieOf(answer, "quantum-console=");
    }

    private static string CookieOf(HttpResponseMessage answer, string name) => answer.Headers.GetValues("Set-Cookie")
        .Single(cookie => cookie.StartsWith(name, StringComparison.Ordinal)).Split(';')[0];

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
