using System.Net.Sockets;
using System.Text;

namespace Quantum.Compat.Aspire.Tests;

public sealed class RedisTests
{
    [Fact]
    public async Task It_really_runs_asks_for_its_password_and_takes_the_settings()
    {
        await using var app = new SampleApp();
        var redis = app.Builder.AddRedis("redis")
            .WithArgs("--maxmemory-policy", "noeviction", "--appendonly", "yes")
                .WithPersistence(TimeSpan.FromSeconds(30), 7);
        await app.StartAsync();
        await app.HealthyAsync("redis");

        Assert.StartsWith("-NOAUTH", await AskAsync(redis, null, "PING"));
        Assert.StartsWith("+PONG", await AskAsync(redis, await PasswordAsync(redis), "PING"));
        Assert.Contains("noeviction", await AskAsync(redis, await PasswordAsync(redis), "CONFIG GET maxmemory-policy"));
        Assert.Contains("\nyes", await AskAsync(redis, await PasswordAsync(redis), "CONFIG GET appendonly"));
        Assert.Contains("30 7", await AskAsync(redis, await PasswordAsync(redis), "CONFIG GET save"));
        Assert.Contains(app.Lines, line => line.Contains("a local redis-server in place of the container"));
    }

    [Fact]
    public async Task The_password_is_not_in_the_list_of_processes()
    {
        await using var app = new SampleApp("--Parameters:secret=quotes\"and\\slashes");
        var redis = app.Builder.AddRedis("redis", password: app.Builder.AddParameter("secret", secret: true));
        await app.StartAsync();
        await app.HealthyAsync("redis");

        Assert.StartsWith("+PONG", await AskAsync(redis, "quotes\"and\\slashes", "PING"));
        var id = app.Lines.Single(line => line.Contains("'redis' runs as")).Split("id ")[1].Split(',', '.')[0];
        Assert.Contains("redis-server", File.ReadAllText($"/proc/{id}/cmdline"));
        Assert.DoesNotContain("quotes", File.ReadAllText($"/proc/{id}/cmdline"));
    }

    [Fact]
    public async Task A_volume_keeps_the_data_and_a_run_without_one_leaves_nothing()
    {
        await using (var first = new SampleApp())
        {
            var folder = Path.Combine(first.Folder, "data");
            await using (var one = new SampleApp())
            {
                var redis = one.Builder.AddRedis("redis").WithDataBindMount(folder);
                await one.StartAsync();
                await one.HealthyAsync("redis");
                Assert.StartsWith("+OK", await AskAsync(redis, await PasswordAsync(redis), "SET kept yes"));
                await one.Application.StopAsync();
            }

            await using var two = new SampleApp();
            var again = two.Builder.AddRedis("redis").WithDataBindMount(folder);
            var bare = two.Builder.AddRedis("bare");
            await two.StartAsync();
            await two.HealthyAsync("redis");
            await two.HealthyAsync("bare");
            Assert.Contains("yes", await AskAsync(again, await PasswordAsync(again), "GET kept"));
            var scratch = (await AskAsync(bare, await PasswordAsync(bare), "CONFIG GET dir")).Split("\r\n")[^2];
            Assert.True(Directory.Exists(scratch), scratch);
            await two.Application.StopAsync();
            Assert.False(Directory.Exists(scratch), scratch);
        }
    }

    [Fact]
    public async Task Two_of_them_run_side_by_side_and_a_given_port_is_kept()
    {
        await using var app = new SampleApp();
        var port = RedisServer.FreePort();
        var one = app.Builder.AddRedis("one", port);
        var two = app.Builder.AddRedis("two").WithPassword(null);
        await app.StartAsync();
        await app.HealthyAsync("one");
        await app.HealthyAsync("two");
        Assert.Equal(port, one.Resource.PrimaryEndpoint.Port);
        Assert.StartsWith("+PONG", await AskAsync(two, null, "PING"));
        Assert.Equal(
            $"localhost:{two.Resource.PrimaryEndpoint.Port}",
                await two.Resource.ConnectionStringExpression.GetValueAsync(default));
    }

    private static async Task<string> PasswordAsync(IResourceBuilder<RedisResource> redis) =>
        (await redis.Resource.PasswordParameter!.GetValueAsync(default))!;

    private static async Task<string> AskAsync(IResourceBuilder<RedisResource> redis, string? password, string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", redis.Resource.PrimaryEndpoint.Port);
        using var stream = client.GetStream();
        if (password is not null)
        {
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${password.Length}\r\n{password}\r\n"));
            Assert.Equal("+OK\r\n", await ReadAsync(stream));
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{command}\r\n"));
        return await ReadAsync(stream);
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }
}
