using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

/// <summary>One server and one client for all tests of a class; each test uses keys of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    public RedisProcess Server { get; private set; } = null!;

    public ConnectionMultiplexer Client { get; private set; } = null!;

    public static Task<ConnectionMultiplexer> ConnectAsync(string text) =>
        ConnectionMultiplexer.ConnectAsync(ConfigurationOptions.Parse(text));

    public async Task InitializeAsync()
    {
        Server = RedisProcess.Start();
        Client = await ConnectAsync(Server.Open + ",name=shared");
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        Server.Dispose();
    }
}
