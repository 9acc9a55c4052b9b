using Quantum.Contracts.Access;
using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using StackExchange.Redis;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// A recording that is played under the users of <c>./quantum up</c>: their rights suffice, and are no more.
/// </summary>
public sealed class RedisUsersTests : IDisposable
{
    private const int SixHours = 6 * 60;
    private const string Secret = "password-of-this-test";
    private readonly UpFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Their_rights_suffice_for_a_whole_run_and_reach_no_further()
    {
        var market = RecordedMarket.Write(_folder.Path, SixHours);
        var settings = ServiceHosts.All.ToDictionary(host => $"Parameters__redis-{host.Name}-password", _ => Secret);
        settings["Ai__IntervalMs"] = settings["Clm__IntervalMs"] = "60000";
        using var up = _folder.Up(settings, "--data", market.File, "--speed", "max");
        Eventually.True(
            () => up.HasEnded || up.Output.Contains("The recording is over", StringComparison.Ordinal),
            UpFolder.Limit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        var connection = await File.ReadAllTextAsync(Path.Combine(_folder.Run, "connection"));
        // The client counts CLIENT LIST, CONFIG and ACL as an administrator's.
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connection + ",allowAdmin=true");
        var streams = redis.GetDatabase();
        Assert.Equal(SixHours, await streams.StreamLengthAsync(StreamCatalog.MarketKlines.Key));
        await RedisRights.NothingRefusedAsync(streams);
        await EveryServiceIsUnderItsOwnNameAsync(streams);

        foreach (var host in ServiceHosts.All)
        {
            await using var service = await AsAsync(connection, host.Name);
            var database = service.GetDatabase();
            foreach (var stream in StreamCatalog.All)
            {
                // The console sends dead letters again, and the market's service brings a tape's turns.
                if (host.Name is "console" or "market" || host.Roles.Any(stream.Producers.Contains)) continue;
                await RefusedAsync(database, "XADD", stream.Key, "*", "a", "b");
                await RefusedAsync(database, "DEL", stream.Key);
                // Nor through a script.
                await RefusedAsync(
                    database, "EVAL", "return redis.call('XADD', KEYS[1], '*', 'a', 'b')", "1", stream.Key);
            }

            await RefusedAsync(database, "FLUSHALL");
            await RefusedAsync(database, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            await RefusedAsync(database, "ACL", "SETUSER", host.Name, "+@all");
            await RefusedAsync(database, "SHUTDOWN", "NOSAVE");
            await RefusedAsync(database, "HSET", "quantum:state:of_nobody", "a", "b");
        }

        await RefusedAsync(streams, "FLUSHALL");
        await RefusedAsync(streams, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        Assert.NotEmpty(await RedisRights.RefusedAsync(streams));
        var wrong = ConfigurationOptions.Parse(connection);
        (wrong.Password, wrong.AbortOnConnectFail) = ("guessed", true);
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(wrong));
    }

    private static async Task EveryServiceIsUnderItsOwnNameAsync(IDatabase streams)
    {
        var clients = (await streams.ExecuteAsync("CLIENT", "LIST")).ToString();
        foreach (var host in ServiceHosts.All)
            Assert.Contains($" user={host.Name} ", clients, StringComparison.Ordinal);
        // This test and the run's own look whether it answers.
        var asOperator = clients.Split('\n').Count(
            line => line.Contains($" user={RedisUsers.Operator} ", StringComparison.Ordinal));
        Assert.InRange(asOperator, 1, 4);
    }

    private static async Task<ConnectionMultiplexer> AsAsync(string connection, string user)
    {
        var options = ConfigurationOptions.Parse(connection);
        (options.User, options.Password, options.AllowAdmin) = (user, Secret, true);
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private static async Task RefusedAsync(IDatabase redis, string command, params object[] arguments)
    {
        var fault = await Assert.ThrowsAnyAsync<RedisException>(() => redis.ExecuteAsync(command, arguments));
        Assert.True(
            fault.Message.Contains("permission", StringComparison.OrdinalIgnoreCase)
            || fault.Message.Contains("can't access", StringComparison.Ordinal),
            $"{command} {string.Join(' ', arguments)}: {fault.Message}");
    }
}
