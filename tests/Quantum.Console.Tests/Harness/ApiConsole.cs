using Microsoft.AspNetCore.Identity;
using Quantum.Contracts.Settings;
using Quantum.Looking;

namespace Quantum.Console.Tests.Harness;

/// <summary>A console with a login and a file of keys, over an empty Redis: no other service runs.</summary>
public sealed class ApiConsole : IAsyncLifetime
{
    internal RedisServer Redis { get; } = RedisServer.Start();

    internal ServiceRun Console { get; private set; } = null!;

    internal string KeysPath => Path.Combine(Redis.Folder, RunFiles.ApiKeys);

    public async Task InitializeAsync() => Console = await ServiceRun.StartAsync(
        "console", $"ConnectionStrings:redis={Redis.ConnectionString}", $"Access:KeysPath={KeysPath}",
        "Access:Users:0:Name=anna", "Access:Users:0:Role=operator",
        "Access:Users:0:PasswordHash=" + new PasswordHasher<string>().HashPassword("", "correct horse battery"));

    public Task DisposeAsync()
    {
        Console.Dispose();
        Redis.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A new key.</summary>
    internal string Key(string role) => ApiKeyFile.Add(KeysPath, $"key-{Guid.NewGuid():N}", role, 1);
}
