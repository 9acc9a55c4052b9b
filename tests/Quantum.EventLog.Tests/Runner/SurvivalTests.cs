using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Runner;

/// <summary>What others may do to the server while a role runs.</summary>
public sealed class SurvivalTests : IDisposable
{
    private static readonly RoleSeat s_seat = new(TestStreams.Counter, 0);
    private readonly RedisWorld _world = new(appendOnly: true);
    private readonly RoleRunner _runner;
    private long _sent;

    public SurvivalTests()
    {
        _runner = new RoleRunner(_world.Log, new CounterRole(), s_seat, RedisWorld.Settings, "a");
        _runner.Start();
        SendAndSee();
    }

    public void Dispose()
    {
        _runner.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void The_server_restarts()
    {
        // One second more than the everysec sync, so that the restart forgets nothing that was confirmed.
        Eventually.True(() =>
            _world.Ask(c => c.ServerInfo("persistence")).Contains("aof_pending_bio_fsync:0", StringComparison.Ordinal));
        _world.Server.Restart();
        SendAndSee();
        AssertClean();
    }

    [Fact]
    public void The_script_cache_is_flushed()
    {
        for (var i = 0; i < 5; i++)
        {
            _world.Ask(c => c.Call("SCRIPT", "FLUSH").ReadString());
            SendAndSee();
        }

        AssertClean();
    }

    [Fact]
    public void The_group_is_destroyed_under_the_reader()
    {
        _world.Ask(c => c.Call("XGROUP", "DESTROY", TestStreams.Pings.Key, _runner.Links[0].Group).ReadInteger());
        SendAndSee();
        AssertClean();
    }

    [Fact]
    public void The_stream_is_deleted_under_the_reader()
    {
        _world.Ask(c => c.Call("DEL", TestStreams.Pings.Key).ReadInteger());
        SendAndSee();
        AssertClean();
    }

    [Fact]
    public void Another_tool_moves_the_group_back_and_nothing_is_applied_twice()
    {
        _world.Ask(c => c.Call("XGROUP", "SETID", TestStreams.Pings.Key, _runner.Links[0].Group, "0").ReadString());
        SendAndSee();
        AssertClean();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_tool_moves_the_group_over_what_nobody_has_read_and_it_is_applied_all_the_same(bool isDown)
    {
        if (isDown) _runner.Stop();
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 10; i++) Send();
            _world.Ask(c => c.Call("XGROUP", "SETID", TestStreams.Pings.Key, _runner.Links[0].Group, "$").ReadString());
        }

        using var again = new RoleRunner(_world.Log, new CounterRole(), s_seat, RedisWorld.Settings, "b");
        if (isDown) again.Start();
        Eventually.True(() => _world.TallyOf(s_seat, "symbol/SYMAUSDT")?.Applied == _sent);
        SendAndSee();
        AssertClean();
        again.Stop();
    }

    [Fact]
    public void What_a_group_that_was_set_back_gave_to_a_reader_that_died_is_not_applied_twice()
    {
        _runner.Stop();
        var group = _runner.Links[0].Group;
        _world.Ask(c => c.Call("XGROUP", "SETID", TestStreams.Pings.Key, group, "0").ReadString());
        var taken = _world.Ask(c => c.Call(
            "XREADGROUP", "GROUP", group, "seat", "COUNT", "10", "STREAMS", TestStreams.Pings.Key, ">").ReadArray());
        Assert.Equal(1, taken);
        Assert.Equal(10, _world.Pending(TestStreams.Pings.Key, group));
        using var again = new RoleRunner(_world.Log, new CounterRole(), s_seat, RedisWorld.Settings, "b");
        again.Start();
        SendAndSee();
        AssertClean();
        again.Stop();
    }

    [Fact]
    public void What_the_next_owner_found_pending_is_not_applied_again_when_the_group_is_set_back_behind_it()
    {
        _runner.Stop();
        var group = _runner.Links[0].Group;
        for (var i = 0; i < 5; i++) Send();
        Assert.Equal(1, _world.Ask(c => c.Call(
            "XREADGROUP", "GROUP", group, "seat", "COUNT", "10", "STREAMS", TestStreams.Pings.Key, ">").ReadArray()));
        using var again = new RoleRunner(_world.Log, new CounterRole(), s_seat, RedisWorld.Settings, "b");
        again.Start();
        Eventually.True(() => _world.TallyOf(s_seat, "symbol/SYMAUSDT")?.Applied == _sent);
        // Before anything new came, it has read nothing as new.
        _world.Ask(c => c.Call("XGROUP", "SETID", TestStreams.Pings.Key, group, "0").ReadString());
        SendAndSee();
        AssertClean();
        again.Stop();
    }

    [Fact]
    public void What_another_consumer_took_away_and_never_handled_is_applied_though_the_cursor_is_past_it()
    {
        _runner.Stop();
        Send();
        var taken = "";
        _world.Ask(c =>
        {
            var reply = c.Call("XREVRANGE", TestStreams.Pings.Key, "+", "-", "COUNT", "1");
            reply.ReadArray();
            reply.ReadArray();
            taken = reply.ReadString();
            return true;
        });
        _world.Ask(c => c.Call(
            "XREADGROUP", "GROUP", _runner.Links[0].Group, "thief", "COUNT", "1", "STREAMS", TestStreams.Pings.Key,
            ">").ReadArray());
        _world.Ask(c => c.Call("HSET", new LogKeys().Cursor(s_seat), TestStreams.Pings.Key, taken).ReadInteger());
        using var again = new RoleRunner(_world.Log, new CounterRole(), s_seat, RedisWorld.Settings, "b");
        again.Start();
        SendAndSee();
        AssertClean();
        again.Stop();
    }

    [Fact]
    public void The_connections_are_killed()
    {
        for (var i = 0; i < 5; i++)
        {
            _world.Ask(c => c.Call("CLIENT", "KILL", "TYPE", "normal").ReadInteger());
            SendAndSee();
        }

        AssertClean();
    }

    [Fact]
    public void A_pending_entry_that_was_trimmed_is_told_as_lost()
    {
        _runner.Stop();
        Send();
        var group = _runner.Links[0].Group;
        _world.Ask(c => c.Call(
            "XREADGROUP", "GROUP", group, "seat", "COUNT", "1", "STREAMS", TestStreams.Pings.Key, ">").ReadArray());
        _world.Ask(c => c.Call("XTRIM", TestStreams.Pings.Key, "MAXLEN", "0").ReadInteger());
        using var again = new RoleRunner(_world.Log, new CounterRole(), s_seat, RedisWorld.Settings, "b");
        again.Start();
        Eventually.True(() => _world.Length(TestStreams.Pings.DeadLetterKey) == 1);
        Assert.Equal("missing", _world.Entries(TestStreams.Pings.DeadLetterKey)[0]["dlq_reason"]);
        Eventually.True(() => _world.Pending(TestStreams.Pings.Key, group) == 0);
    }

    [Fact]
    public void Entries_of_a_megabyte_and_with_unknown_fields_pass()
    {
        var buffer = TestStreams.Encode(
            TestStreams.Pings, new Ping { Symbol = TestStreams.SymbolOf(0), Number = ++_sent }, "big");
        buffer.Add("unknown"u8, new byte[1024 * 1024]);
        _world.Log.Append(TestStreams.Pings.Key, buffer);
        SendAndSee();
        AssertClean();
    }

    [Fact]
    public void Retention_never_takes_what_a_group_has_not_done()
    {
        _world.Ask(c => c.Call("XGROUP", "CREATE", TestStreams.Pings.Key, "slow", "0").ReadString());
        using var session = _world.Log.OpenSession(s_seat);
        Assert.Equal(0, session.Trim(TestStreams.Pings.Key, new Contracts.Units.EntryId(long.MaxValue >> 12, 0)));
        _world.Ask(c => c.Call("XGROUP", "DESTROY", TestStreams.Pings.Key, "slow").ReadInteger());
        Assert.True(session.Trim(TestStreams.Pings.Key, new Contracts.Units.EntryId(long.MaxValue >> 12, 0)) > 0);
    }

    private void SendAndSee()
    {
        for (var i = 0; i < 20; i++) Send();
        Eventually.True(() => _world.TallyOf(s_seat, "symbol/SYMAUSDT")?.Applied >= _sent);
    }

    private void Send()
    {
        var number = ++_sent;
        Eventually.True(() =>
        {
            try
            {
                _world.Log.AppendOnce(
                    TestStreams.Pings.Key, $"p{number}",
                    TestStreams.Encode(TestStreams.Pings,
                        new Ping { Symbol = TestStreams.SymbolOf(0), Number = number }, $"p{number}"));
                return true;
            }
            catch (LogUnavailableException)
            {
                return false;
            }
        });
    }

    private void AssertClean()
    {
        var tally = _world.TallyOf(s_seat, "symbol/SYMAUSDT")!;
        Assert.Equal((_sent, 0L), (tally.Applied, tally.Wrong));
        Assert.Equal(_sent, _world.Length(TestStreams.Pongs.Key));
        Assert.Equal(0, _world.Length(TestStreams.Pings.DeadLetterKey));
        Eventually.True(() => _world.Pending(TestStreams.Pings.Key, _runner.Links[0].Group) == 0);
    }
}
