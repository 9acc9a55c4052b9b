using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.Resp;
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
        Refused(() => RedisPreflight.Check(endpoint, new LogKeys(), TradingMode.Sim, isTape: false), "start Redis");
        using var server = RedisServer.Start(new RedisServerOptions { Password = "right" });
        var wrong = RespEndpoint.Parse($"127.0.0.1:{server.Port},password=wrong");
        Refused(
            () => RedisPreflight.Check(wrong, new LogKeys(), TradingMode.Sim, isTape: false),
            "correct user= and password=");
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
        Refused(() => RedisPreflight.Check(endpoint, new LogKeys(), TradingMode.Sim, isTape: false,
            requireAppendOnly: true), "set appendonly yes");
    }

    [Fact]
    public void Another_shard_count_mode_or_owner_is_refused()
    {
        using var server = RedisServer.Start();
        Check(server);
        Refused(() => Check(server, shards: 3), "use another database");
        Refused(() => Check(server, mode: TradingMode.Live), "one database per mode (./quantum up --folder DIR");
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.Call("HSET", LogKeys.Topology, "system", "somebody").ThrowIfError();
        Refused(() => Check(server), "database of Quantum's own");
    }

    [Theory]
    [InlineData(false, "real", "Quantum__Tape=false")]
    [InlineData(true, "tape", "Quantum__Tape=true")]
    public void Whose_time_it_is_is_kept_and_another_is_refused(bool isTape, string time, string mend)
    {
        using var server = RedisServer.Start();
        Check(server, isTape: isTape);
        Assert.Equal(time, Mark(server)["time"]);
        Check(server, isTape: isTape);
        Refused(() => Check(server, isTape: !isTape), mend);
        Assert.Equal(time, Mark(server)["time"]);
    }

    [Theory]
    [InlineData(null, "a", "a", null)]
    [InlineData("a", "a", "a", null)]
    // Who was not told whose system it is, asks nothing and changes nothing.
    [InlineData("a", null, "a", null)]
    [InlineData(null, null, null, null)]
    [InlineData("a", "b", "a", "one database for each")]
    public void Whose_system_it_is_is_kept_and_another_is_refused(
        string? first, string? second, string? kept, string? mend)
    {
        using var server = RedisServer.Start();
        Check(server, owner: first);
        if (mend is null) Check(server, owner: second);
        else Refused(() => Check(server, owner: second), mend);
        Assert.Equal(kept, Mark(server).GetValueOrDefault("owner"));
    }

    [Fact]
    public void A_mark_of_an_older_build_gets_the_time_from_the_first_host_that_agrees_with_it()
    {
        using var server = RedisServer.Start();
        Check(server);
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.Call("HDEL", LogKeys.Topology, "time").ThrowIfError();
        // Who is refused for another reason must not decide it.
        Refused(() => Check(server, shards: 3, isTape: true), "use another database");
        Assert.DoesNotContain("time", Mark(server).Keys);
        Check(server, isTape: true);
        Assert.Equal("tape", Mark(server)["time"]);
        Refused(() => Check(server), "Quantum__Tape=true");
    }

    [Fact]
    public void A_mark_without_an_owner_is_somebody_elses_and_left_alone()
    {
        using var server = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        connection.Call("HSET", LogKeys.Topology, "colour", "blue").ThrowIfError();
        Refused(() => Check(server), "database of Quantum's own");
        Assert.Equal(["colour"], Mark(server).Keys);
    }

    private static IReadOnlyList<string> Check(
        RedisServer server, int shards = 1, TradingMode mode = TradingMode.Sim, bool isTape = false,
        string? owner = null) => RedisPreflight.Check(
        RespEndpoint.Parse(server.ConnectionString), new LogKeys(shards), mode, isTape, owner: owner);

    private static Dictionary<string, string> Mark(RedisServer server)
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        return connection.Call("HGETALL", LogKeys.Topology).ReadFields();
    }

    private static void Refused(Action check, string mend)
    {
        var refused = Assert.Throws<LogRefusedException>(check);
        Assert.Contains(mend, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
