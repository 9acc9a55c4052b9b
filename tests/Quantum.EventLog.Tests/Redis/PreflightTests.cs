using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Redis;

public sealed class PreflightTests
{
    [Fact]
    public void A_good_server_is_marked_and_accepted_again()
    {
        using var server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        Assert.Empty(Check(server));
        Assert.Empty(Check(server));
    }

    [Fact]
    public void No_server_and_a_wrong_password_are_named()
    {
        var endpoint = RespEndpoint.Parse($"127.0.0.1:{RedisServer.FreePort()}");
        Refused(() => RedisPreflight.Check(endpoint, new LogKeys(), TradingMode.Sim), "start Redis");
        using var server = RedisServer.Start(new RedisServerOptions { Password = "right" });
        var wrong = RespEndpoint.Parse($"127.0.0.1:{server.Port},password=wrong");
        Refused(() => RedisPreflight.Check(wrong, new LogKeys(), TradingMode.Sim), "correct user= and password=");
    }

    [Fact]
    public void Eviction_is_refused_and_a_missing_append_only_file_warned_of_or_refused()
    {
        using var evicting =
            RedisServer.Start(new RedisServerOptions { Arguments = ["--maxmemory-policy", "allkeys-lru"] });
        Refused(() => Check(evicting), "set maxmemory-policy noeviction");
        using var forgetful = RedisServer.Start();
        Assert.Contains("set appendonly yes", Assert.Single(Check(forgetful)));
        var endpoint = RespEndpoint.Parse(forgetful.ConnectionString);
        Refused(() => RedisPreflight.Check(endpoint, new LogKeys(), TradingMode.Sim, requireAppendOnly: true),
            "set appendonly yes");
    }

    [Fact]
    public void Another_shard_count_mode_or_owner_is_refused()
    {
        using var server = RedisServer.Start();
        Check(server);
        Refused(() => Check(server, shards: 3), "start it with 1 shards");
        Refused(() => Check(server, mode: TradingMode.Live), "one database per mode");
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.Call("HSET", LogKeys.Topology, "system", "somebody").ThrowIfError();
        Refused(() => Check(server), "database of Quantum's own");
    }

    private static IReadOnlyList<string> Check(
        RedisServer server, int shards = 1, TradingMode mode = TradingMode.Sim) =>
        RedisPreflight.Check(RespEndpoint.Parse(server.ConnectionString), new LogKeys(shards), mode);

    private static void Refused(Action check, string mend)
    {
        var refused = Assert.Throws<LogRefusedException>(check);
        Assert.Contains(mend, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
