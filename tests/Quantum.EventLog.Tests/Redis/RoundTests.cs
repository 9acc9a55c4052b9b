using System.Diagnostics;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Redis;

/// <summary>A tape's round is handed to its readers, and the last one that settles it rings for the next.</summary>
public sealed class RoundTests : IDisposable
{
    private static readonly EventStream s_ticks = StreamCatalog.MarketTick;
    private static readonly EventStream s_intents = StreamCatalog.TradeIntent;
    private readonly RedisWorld _world = new(appendOnly: true);
    private readonly RedisEventLog _log;
    private readonly List<Reader> _readers = [];
    private long _offers;

    public RoundTests() => _log = new RedisEventLog(
        RespEndpoint.Parse(_world.Server.ConnectionString), new LogKeys()) { IsTape = true };

    public void Dispose()
    {
        foreach (var reader in _readers) reader.Session.Dispose();
        _log.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void A_reader_is_handed_its_round_and_the_last_one_to_settle_it_rings()
    {
        var executor = Seat(RoleNames.Executor, s_ticks, s_intents);
        var portfolio = Seat(RoleNames.Portfolio, s_ticks);
        LogLink[] links = [.. executor.Links, .. portfolio.Links];
        Offer(links, (s_ticks, "one"), (s_intents, "two"), (s_ticks, "three"));
        Assert.Equal(["one", "two", "three"], executor.Hear()!);
        Assert.Equal(["one", "three"], portfolio.Hear()!);
        executor.Settle();
        Assert.Null(executor.Hear());
        Assert.Equal(0, Rings());
        Assert.Equal(0, _log.Turn(links, ends: false, out var blocker));
        Assert.Contains(s_ticks.Key, blocker);
        portfolio.Settle();
        Assert.Equal(1, Rings());
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, _log.Turn(links, ends: false, out blocker, TimeSpan.FromMinutes(2)));
        Assert.Null(blocker);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(0, Rings());
        // Handed over is not claimed, and settled is read: as whoever comes next finds it.
        Assert.Equal(0, _world.Pending(s_intents.Key, executor.Links[1].Group));
        Assert.DoesNotContain("two", executor.Fetch());
    }

    [Fact]
    public void A_round_that_was_handed_over_and_not_settled_is_there_for_who_comes_next()
    {
        var reader = Seat(RoleNames.Executor, s_ticks, s_intents);
        Offer(reader.Links, (s_intents, "one"), (s_ticks, "two"));
        Assert.Equal(["one", "two"], reader.Hear()!);
        Assert.Equal(0, _log.Turn(reader.Links, ends: false, out var blocker));
        Assert.NotNull(blocker);
        Assert.Equal(["two", "one"], reader.Fetch());
    }

    [Fact]
    public void A_round_is_not_written_to_the_file_and_behind_a_restart_its_readers_find_it_on_the_streams()
    {
        _world.Ask(c => c.Call("CONFIG", "SET", "appendfsync", "always").ReadString());
        var reader = Seat(RoleNames.Executor, s_ticks, s_intents);
        Offer(reader.Links, (s_intents, "one"), (s_ticks, "two"));
        var round = _log.Keys.Round(new RoleSeat(RoleNames.Executor, 0));
        Assert.Equal(4, Length(round));
        _world.Server.Restart();
        Assert.Equal(0, Length(round));
        Assert.Equal(["two", "one"], Answered(reader.Fetch));
        reader.Settle();
        // Nobody rings for a round whose waits are forgotten: it is looked up.
        Assert.Equal(0, Rings());
        Eventually.True(() =>
            Answered(() => _log.Turn(reader.Links, ends: false, out var blocker) == 0 && blocker is null));
        Offer(reader.Links, (s_intents, "three"));
        Assert.Equal(["three"], reader.Hear()!);
        reader.Settle();
        Assert.Equal(1, Rings());

        long Length(string key) => _world.Ask(c => c.Call("LLEN", key).ReadInteger());

        // Each connection notices the restart, and connects anew.
        T Answered<T>(Func<T> ask)
        {
            T? answer = default;
            Eventually.True(() =>
            {
                try
                {
                    answer = ask();
                    return true;
                }
                catch (LogUnavailableException)
                {
                    return false;
                }
            });
            return answer!;
        }
    }

    [Fact]
    public void A_stream_of_another_type_holds_the_turn_up_and_nothing_is_lost()
    {
        var reader = Seat(RoleNames.Executor, s_ticks);
        _world.Ask(c => c.Call("SET", s_intents.Key, "x").ReadString());
        Offer(reader.Links, (s_ticks, "one"), (s_intents, "two"));
        Assert.Equal(0, _log.Turn(reader.Links, ends: false, out var blocker));
        Assert.Equal($"{s_intents.Key} that is a string", blocker);
        Assert.Equal(1, _world.Ask(c => c.Call("DEL", s_intents.Key).ReadInteger()));
        Assert.Equal(2, _log.Turn(reader.Links, ends: false, out _));
        Assert.Equal(["one"], reader.Fetch());
    }

    [Fact]
    public void What_a_reader_has_passed_is_not_told_again_and_a_round_without_readers_rings_at_once()
    {
        Offer([], (s_intents, "one"));
        Assert.Equal(1, Rings());
        var reader = Seat(RoleNames.Executor, s_intents);
        Assert.Equal(["one"], reader.Fetch());
        reader.Settle();
        Offer(reader.Links, (s_intents, "two"));
        Assert.Equal(0, Rings());
        reader.Passed = new EntryId(long.MaxValue >> 12, 0);
        Assert.Equal([], reader.Hear()!);
    }

    [Fact]
    public void A_word_that_came_between_two_rounds_is_not_passed_over_by_whoever_is_handed_the_second()
    {
        var executor = Seat(RoleNames.Executor, s_ticks, s_intents);
        var portfolio = Seat(RoleNames.Portfolio, s_ticks);
        LogLink[] links = [.. executor.Links, .. portfolio.Links];
        Offer(links, (s_ticks, "one"));
        Settle(executor.Hear(), portfolio.Hear());
        // Onto a stream that no round touched yet, onto one that the last round touched, and onto one that it did not.
        Assert.Equal(["word 1", "intent"], SaidBefore((s_intents, "intent"), "word 1"));
        Assert.Equal(["word 2", "word 3", "intent"], SaidBefore((s_intents, "intent"), "word 2", "word 3"));
        Offer(links, (s_ticks, "two"));
        Settle(executor.Hear(), portfolio.Hear());
        Assert.Equal(["word 4", "intent"], SaidBefore((s_intents, "intent"), "word 4"));

        string[] SaidBefore((EventStream Stream, string Text) entry, params string[] words)
        {
            foreach (var word in words) _log.Append(entry.Stream.Key, EntryOf(entry.Stream, word).Fields);
            Offer(links, (s_ticks, "tick"), entry);
            Assert.Equal(["tick"], portfolio.Hear()!);
            Assert.Null(executor.Hear());
            var fetched = executor.Fetch();
            Settle(fetched, ["tick"]);
            Assert.Contains("tick", fetched);
            // What comes then is handed over again.
            Offer(links, (s_ticks, "tick"), entry);
            Settle(executor.Hear(), portfolio.Hear());
            // Of what is read by a cursor, this seat is given all from the first entry on.
            return [.. fetched.Where(text => text == entry.Text || words.Contains(text))];
        }

        void Settle(string[]? ofExecutor, string[]? ofPortfolio)
        {
            Assert.NotNull(ofExecutor);
            Assert.NotNull(ofPortfolio);
            executor.Settle();
            Assert.Equal(0, Rings());
            portfolio.Settle();
            Assert.Equal(1, Rings());
            Assert.Equal(0, _log.Turn(links, ends: false, out var blocker, TimeSpan.FromMinutes(2)));
            Assert.Null(blocker);
        }
    }

    [Fact]
    public void Long_texts_and_many_fields_come_through_a_round_as_they_were_published()
    {
        var reader = Seat(RoleNames.Executor, s_intents);
        int[] lengths = [0, 31, 32, 255, 256, 65_535, 65_536];
        Offer(reader.Links, [.. lengths.Select(length => ((EventStream)s_intents, new string('x', length)))]);
        Assert.Equal(lengths, reader.Hear()!.Select(text => text.Length));
    }

    [Fact]
    public void A_role_hears_what_is_said_beside_the_turns_and_finds_what_was_lost_of_a_round()
    {
        var role = new HearingRole();
        var seat = new RoleSeat(role.Name, 0);
        using var runner = new RoleRunner(_log, role, seat, RedisWorld.Settings with { IsTape = true }, "me");
        runner.Start();
        var links = _log.Keys.LinksOf(seat, StreamCatalog.MetaRegime);
        Eventually.True(() => _world.Pending(links[0].StreamKey, links[0].Group) == 0);
        const string Handing = "redis.call('RPUSH', key, unpack(round, from, math.min(from + 999, #round)))";
        Assert.Contains(Handing, RedisScripts.Default.Turn.Source);
        using var lossy = new RedisEventLog(
            RespEndpoint.Parse(_world.Server.ConnectionString), _log.Keys,
            new RedisScripts((_, text) => text.Replace(Handing, "")));
        var regimes = new EventSource(_log, RoleNames.MetaRegime, TradingMode.Sim, isTape: true);
        var source = new EventSource(_log, RoleNames.GovernanceGateway, TradingMode.Sim, isTape: true);
        var turns = 0;
        while (turns < 20) Play();
        source.Publish(
            StreamCatalog.GovernanceControl,
            new ControlCommand { Command = ControlAction.KillOn, Reason = "test", By = "test" }, "word", turns);
        // While rounds go on, so that nobody has time to look at anything else.
        Eventually.True(() =>
        {
            Play();
            return role.Words == 1;
        });
        Assert.Equal([.. Enumerable.Range(1, turns)], role.Samples);
        // An entry of a stream that rounds touch too, as when a dead letter is sent again.
        _log.Append(StreamCatalog.MetaRegime.Key, RegimeOf(regimes, 1_000).Fields);
        Play();
        Play();
        Assert.Equal([.. Enumerable.Range(1, turns - 2), 1_000, turns - 1, turns], role.Samples);
        Assert.True(runner.Stop());

        void Play()
        {
            Offer(++turns == 10 ? lossy : _log, links, RegimeOf(regimes, turns));
            Eventually.True(() =>
                _log.Turn(links, ends: false, out var blocker, TimeSpan.FromMilliseconds(5)) == 0 && blocker is null);
        }
    }

    private static NewEntry RegimeOf(EventSource source, int samples)
    {
        var regime = new MetaRegime
        {
            Regime = Regime.Unknown, PreviousRegime = Regime.Unknown, Confidence = 0, Samples = samples,
        };
        return source.Encode(
            StreamCatalog.MetaRegime, in regime, $"regime-{samples}", samples, new FieldBuffer());
    }

    private void Offer(LogLink[] links, params (EventStream Stream, string Text)[] step)
    {
        Offer(_log, links, [.. step.Select(entry => EntryOf(entry.Stream, entry.Text))]);
    }

    private static NewEntry EntryOf(EventStream stream, string text)
    {
        var fields = new FieldBuffer();
        fields.Add("text"u8, Encoding.UTF8.GetBytes(text));
        for (var i = 0; i < 20; i++) fields.Add("more"u8, "v"u8);
        return new NewEntry(stream.Key, fields, 0);
    }

    private void Offer(RedisEventLog log, IReadOnlyList<LogLink> links, params NewEntry[] step)
    {
        if (_offers == 0) _offers = _log.BeginTurns();
        log.Offer(++_offers, RoleNames.MarketPublisher, step, links);
    }

    private long Rings() => _world.Ask(c => c.Call("LLEN", LogKeys.TurnBell).ReadInteger());

    private Reader Seat(string role, params EventStream[] streams)
    {
        var seat = new RoleSeat(role, 0);
        var session = _log.OpenSession(seat);
        Assert.True(session.Acquire("me", TimeSpan.FromSeconds(30)).IsGranted);
        LogLink[] links = [.. streams.SelectMany(stream => _log.Keys.LinksOf(seat, stream))];
        foreach (var link in links) session.EnsureGroup(link, EntryId.Zero);
        var reader = new Reader(session, links);
        _readers.Add(reader);
        return reader;
    }

    /// <summary>A seat by hand.</summary>
    private sealed class Reader(ILogSession session, LogLink[] links)
    {
        private readonly LogBatch _batch = new();
        private long _commits;
        private bool _isRound;

        public ILogSession Session => session;

        public LogLink[] Links => links;

        public EntryId Passed { get; set; }

        /// <summary>The texts of the next round; null when there was none.</summary>
        public string[]? Hear()
        {
            _isRound = true;
            var heard = ((IRoundSession)session).WaitRound(Reads(), TimeSpan.FromMilliseconds(20), _batch);
            return heard ? Texts() : null;
        }

        public string[] Fetch()
        {
            _isRound = false;
            Assert.True(session.Fetch(Reads(), _batch));
            return Texts();
        }

        /// <summary>Commits what was read last.</summary>
        public void Settle()
        {
            var commit = new CommitBatch { ExpectedSequence = _commits++ };
            for (var i = 0; i < _batch.Count; i++)
            {
                var part = commit.For(links[_batch[i].Read]);
                part.Cursor = _batch[i].Id;
                if (!_isRound && part.Link.Kind == LinkKind.Group) part.Acks.Add(_batch[i].Id);
            }

            Assert.Equal(CommitReply.Ok, session.Commit(commit));
        }

        private LinkRead[] Reads() => [.. links.Select(link => new LinkRead(link, Passed, 100))];

        private string[] Texts() =>
        [
            .. Enumerable.Range(0, _batch.Count).Select(i =>
            {
                Assert.True(_batch.Fields(i).TryGet("text"u8, 0, out var text));
                return Encoding.UTF8.GetString(text);
            }),
        ];
    }

    /// <summary>Hears regimes in turns, and words beside them.</summary>
    private sealed class HearingRole : Role
    {
        public HearingRole()
        {
            On(StreamCatalog.MetaRegime, (in MetaRegime regime, in Input _, Outbox _) => Samples.Add(regime.Samples));
            On(StreamCatalog.GovernanceControl, (in ControlCommand _, in Input _, Outbox _) => Words++);
        }

        public override string Name => RoleNames.Governance;

        public List<int> Samples { get; } = [];

        public int Words { get; private set; }
    }
}
