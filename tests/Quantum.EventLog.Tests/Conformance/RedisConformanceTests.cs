using Quantum.Testing;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>The suite on the Redis log with a real server, and what only Redis can lose.</summary>
public sealed class RedisConformanceTests(RedisConformanceTests.Server server)
    : EventLogConformance, IClassFixture<RedisConformanceTests.Server>
{
    public sealed class Server : IDisposable
    {
        public RedisServer Redis { get; } = RedisServer.Start();

        public void Dispose() => Redis.Dispose();
    }

    protected override IConformanceLog Create() => new RedisConformanceLog(server.Redis);

    [Fact]
    public void A_lost_script_cache_is_filled_again_in_the_middle_of_everything()
    {
        var redis = (RedisConformanceLog)Under;
        using var session = Held();
        for (var i = 0; i < 6; i++)
        {
            Send(Intents, i);
            redis.Call("SCRIPT", "FLUSH");
            var read = FetchNew(session);
            if (read.Entries.Count == 0) read = FetchPending(session);
            Assert.Equal([i], read.Numbers);
            redis.Call("SCRIPT", "FLUSH");
            Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(read, i)));
        }

        Assert.Equal(["0", "1", "2", "3", "4", "5"], Published());
    }

    [Fact]
    public void Why_nothing_was_done_is_kept_last_and_per_reason_with_its_figures()
    {
        using var session = Held();
        var commit = new CommitBatch { ExpectedSequence = 0 };
        commit.Reasons.Add(new ReasonCount("denied", "stale", "BTCUSDT", 1000, 3, "12 ms, asked for: at most 10 ms"));
        commit.Reasons.Add(new ReasonCount("denied", "halted", "BTCUSDT", 1001, 1));
        Assert.Equal(CommitReply.Ok, session.Commit(commit));
        var redis = (RedisConformanceLog)Under;
        Assert.Equal("3", redis.Field(Log.Keys.Counts(Seat), "denied/stale/BTCUSDT"));
        Assert.Equal("1001 halted", redis.Field(Log.Keys.Reasons(Seat), "denied/BTCUSDT"));
        Assert.Equal(
            "1000 12 ms, asked for: at most 10 ms", redis.Field(Log.Keys.Reasons(Seat), "denied/stale/BTCUSDT"));
        Assert.Equal("1001 ", redis.Field(Log.Keys.Reasons(Seat), "denied/halted/BTCUSDT"));
    }

    [Fact]
    public void A_lost_script_cache_does_not_lose_what_commit_and_fetch_read()
    {
        var redis = (RedisConformanceLog)Under;
        using var session = Held();
        Send(Intents, 0, 2);
        var first = FetchNew(session, 1);
        redis.Call("SCRIPT", "FLUSH");
        var batch = new LogBatch();
        var reply = session.CommitAndFetch(CommitOf(first, 0), [new LinkRead(Intents, default, 10)], batch);
        Assert.Equal(CommitReply.Ok, reply);
        var read = LogRead.Of(true, batch);
        if (read.Entries.Count == 0) read = FetchPending(session);
        if (read.Entries.Count == 0) read = FetchNew(session);
        Assert.Equal([1], read.Numbers);
        Assert.Equal(["0"], Published());
    }

    [Fact]
    public void A_restarted_server_keeps_what_was_committed_and_the_session_goes_on()
    {
        using var own = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--appendfsync", "always"],
        });
        using var under = new RedisConformanceLog(own);
        using var session = under.Log.OpenSession(Seat);
        Assert.True(session.Acquire("a", TimeSpan.FromMinutes(1)).IsGranted);
        var link = under.Log.Keys.LinksOf(Seat, Contracts.Catalog.StreamCatalog.TradeIntent)[0];
        session.EnsureGroup(link, default);
        under.Log.Append(link.StreamKey, Entry(("n", "0")));
        var read = Fetch(session, new LinkRead(link, default, 10));
        Assert.Equal(CommitReply.Ok, session.Commit(CommitOf(read, 0)));
        own.Restart();
        SavedRole? saved = null;
        Eventually.True(() =>
        {
            try
            {
                saved = session.Load();
                return true;
            }
            catch (LogUnavailableException)
            {
                return false;
            }
        });
        Assert.Equal(1, saved!.Sequence);
        Assert.Equal(CommitReply.Duplicate, session.Commit(CommitOf(read, 0)));
    }

    [Fact]
    public void A_server_that_refuses_one_of_many_takes_none_so_that_they_can_be_sent_again_in_order()
    {
        var redis = (RedisConformanceLog)Under;
        var big = new string('x', 4 * 1024 * 1024);
        NewEntry[] entries =
        [
            new(Intents.StreamKey, Entry(("n", "0")), 0), new(Intents.StreamKey, Entry(("n", "1"), ("big", big)), 0),
            new(Intents.StreamKey, Entry(("n", "2")), 0),
        ];
        redis.Call("CONFIG", "SET", "maxmemory", "1mb");
        Assert.Throws<LogUnavailableException>(() => Log.AppendAll(entries));
        redis.Call("CONFIG", "SET", "maxmemory", "0");
        Assert.Equal(0, redis.Length(Intents.StreamKey));
        Log.AppendAll(entries);
        Assert.Equal(3, redis.Length(Intents.StreamKey));
    }
}
