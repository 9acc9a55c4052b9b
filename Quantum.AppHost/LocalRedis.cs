using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Quantum.AppHost;

/// <summary>A redis-server of this machine.</summary>
internal static class LocalRedis
{
    /// <summary>
    /// What any Redis of ours is told. An event must never be evicted, and after a crash at most a second of them may
    /// be lost. Read events are trimmed, so the file is soon far longer than what it holds: from 64 MB on, a recording
    /// had it rewritten every 8 s.
    /// </summary>
    public static IReadOnlyList<string> Lasting { get; } =
    [
        "maxmemory-policy noeviction", "appendonly yes", "appendfsync everysec", "auto-aof-rewrite-min-size 256mb",
    ];

    /// <summary>Adds it, with its data in a folder.</summary>
    public static IResourceBuilder<LocalRedisResource> Add(
        IDistributedApplicationBuilder builder, string name, string folder, RedisPasswords passwords,
        RedisCertificate? certificate)
    {
        var port = FreePort.Next();
        var server = new LocalRedisResource(name, folder, port, passwords, certificate);
        var key = $"{name}_ping";
        // The check's client reads it as well.
        if (certificate is not null) Environment.SetEnvironmentVariable(RedisCertificate.Variable, certificate.Root);
        builder.Services.AddHealthChecks().AddRedis(
            _ => server.ConnectionStringExpression.GetValueAsync(default).AsTask().GetAwaiter().GetResult()!, key);
        return builder.AddResource(server)
            .WithArgs(server.Settings)
            .WithEndpoint(port: port, scheme: "redis", name: "tcp", isProxied: false)
            .WithIconName("Database")
            .WithHealthCheck(key)
            .OnBeforeResourceStarted(async (_, _, cancel) =>
            {
                if (AppendOnlyFile.MakeWhole(folder) is { } told) await Console.Error.WriteLineAsync(told);
                await WriteSettingsAsync(server, folder, port, passwords, certificate, cancel);
            })
            .ExcludeFromManifest();
    }

    // In files that only their owner reads: arguments are open to everyone on the machine.
    private static async Task WriteSettingsAsync(
        LocalRedisResource server, string folder, int port, RedisPasswords passwords, RedisCertificate? certificate,
        CancellationToken cancel)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        var access = $"requirepass {await passwords.Operator.GetValueAsync(cancel)}";
        if (passwords.Users.Count > 0)
        {
            access = $"aclfile \"{server.Users}\"";
            PrivateFile.Write(server.Users, await passwords.FileAsync(cancel));
        }

        string[] settings =
        [
            .. certificate?.Settings(number) ?? [$"port {number}"], "bind 127.0.0.1 -::1", $"dir \"{folder}\"", access,
            .. Lasting,
        ];
        PrivateFile.Write(server.Settings, string.Join('\n', settings) + "\n");
    }
}
