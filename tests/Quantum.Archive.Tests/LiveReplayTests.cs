using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.Replay.Live;

namespace Quantum.Archive.Tests;

/// <summary>A live replay goes on behind whatever happens to it, and counts what it could not compare.</summary>
public sealed class LiveReplayTests : IDisposable
{
    private const string Role = RoleNames.Executor;
    private static readonly RoleSeat s_seat = new(Role, 0);
    private static readonly LogKeys s_keys = new();

    private readonly ArchiveWorld _world = new();
    private readonly LiveReplay _live;
    private long _commits;

    public LiveReplayTests()
    {
        Commit("clock=1000");
        _live = new LiveReplay(
            _world.Endpoint, new LiveReplaySettings { Roles = [Role], Tell = _world.Told.Add });
        _live.Pass();
    }

    public void Dispose()
    {
        _live.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void It_begins_behind_the_last_commit_and_follows()
    {
        Assert.Equal((0, true), (_live.Progress().Inputs, _live.Progress().IsWhole));
        Commit("clock=2000;clock=3000");
        Commit("clock=4000");
        Follow(3);
        Assert.Empty(_world.Told);
    }

    [Fact]
    public void A_mode_that_this_build_does_not_know_is_one_line()
    {
        _world.Call("HSET", LogKeys.Topology, "mode", "moon");
        var fault = Assert.Throws<ArchiveException>(() => new LiveReplay(_world.Endpoint, new LiveReplaySettings()));
        Assert.Contains("mode is 'moon'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_not_the_end()
    {
        for (var i = 0; i < 250; i++) Commit($"clock={2_000 + i * 1_000}");
        Assert.True(_live.Pass());
        Assert.False(_live.Progress().IsWhole);
        Follow(250);
    }

    [Fact]
    public void A_lost_connection_costs_nothing()
    {
        Commit("clock=2000");
        Follow(1);
        _world.Call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Commit("clock=3000");
        Follow(2);
        Assert.DoesNotContain(_world.Told, told => told.Contains("compared", StringComparison.Ordinal));
    }

    [Fact]
    public void A_Redis_that_came_back_with_another_commit_under_the_number_is_noticed()
    {
        Commit("clock=2000");
        Follow(1);
        _world.Call("DEL", s_keys.Journal(s_seat));
        _commits--;
        Commit("clock=2000", atMs: 9_999);
        Commit("clock=3000");
        _world.Call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        Until("Redis was away");
    }

    [Fact]
    public void What_was_trimmed_of_a_journal_is_counted()
    {
        for (var i = 0; i < 9; i++) Commit("clock=2000");
        _world.Call("XTRIM", s_keys.Journal(s_seat), "MAXLEN", "2");
        Until("its journal was trimmed; 9 commits");
        Assert.Equal(9, _live.Progress().Missed);
        Commit("clock=3000");
        Follow(1);
    }

    [Fact]
    public void An_input_that_is_gone_is_counted_with_its_commit()
    {
        var id = _world.Append(StreamCatalog.TradeIntent, 1);
        _world.Call("XDEL", StreamCatalog.TradeIntent.Key, id.ToString());
        Commit($"{StreamCatalog.TradeIntent.Key}={id}");
        Until($"trade.intent {id} was trimmed before it was compared; 1 commits");
        Commit("clock=3000");
        Follow(1);
    }

    [Fact]
    public void An_emptied_Redis_begins_anew()
    {
        Commit("clock=2000");
        Follow(1);
        _world.Call("FLUSHALL");
        _world.Mark();
        _commits = 0;
        Commit("clock=2000");
        Until("no longer in Redis");
        Commit("clock=3000");
        Follow(2);
    }

    [Fact]
    public void Other_settings_begin_anew()
    {
        _world.Call("HSET", LogKeys.Settings + "executor", "Executor:MaxAttempts", "7");
        Until("other settings");
        Commit("clock=2000");
        Follow(1);
    }

    [Fact]
    public void Another_one_is_refused_and_its_word_goes_with_it()
    {
        var fault = Assert.Throws<ArchiveException>(() => new LiveReplay(_world.Endpoint, new LiveReplaySettings()));
        Assert.Contains("another live replay", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, _world.Call("EXISTS", ReplayKeys.Told).ReadInteger());
        Assert.True(_live.Run(new CancellationToken(canceled: true)));
        Assert.Equal(0, _world.Call("EXISTS", ReplayKeys.Told).ReadInteger());
    }

    private void Commit(string consumed, long? atMs = null)
    {
        var number = (++_commits).ToString(CultureInfo.InvariantCulture);
        _world.Call("HSET", s_keys.Cursor(s_seat), "seq", number);
        _world.Call(
            "XADD", s_keys.Journal(s_seat), $"{number}-0", "in", consumed, "at",
            (atMs ?? _commits).ToString(CultureInfo.InvariantCulture));
    }

    private void Follow(long inputs)
    {
        for (var passes = 0; passes < 10; passes++) _live.Pass();
        Assert.True(_live.Progress().IsWhole);
        Assert.Equal(inputs, _live.Progress().Inputs);
    }

    private void Until(string told)
    {
        for (var passes = 0; passes < 4; passes++) _live.Pass();
        Assert.Contains(_world.Told, one => one.Contains(told, StringComparison.Ordinal));
    }
}
