using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;
using Quantum.EventLog.Tests.Harness;
using Quantum.Resp;

namespace Quantum.EventLog.Tests.Redis;

/// <summary>A tape in turns: what is published waits until all is read, and then stands in one order.</summary>
public sealed class TurnTests : IDisposable
{
    private static readonly EventStream s_orders = StreamCatalog.OrderUpdate;
    private static readonly EventStream s_intents = StreamCatalog.TradeIntent;
    private readonly RedisWorld _world = new();
    private readonly RedisEventLog _log;
    private readonly List<ILogSession> _sessions = [];

    public TurnTests() => _log = new RedisEventLog(
        RespEndpoint.Parse(_world.Server.ConnectionString), new LogKeys()) { IsTape = true };

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
        _log.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Roles_speak_in_the_catalogs_order_whoever_was_faster()
    {
        _log.BeginTurns();
        // The venue stands behind ExitBrain in the catalog, and the trading bot before it.
        Commit(Session(RoleNames.SimVenue), (s_orders.Key, "fill"));
        Commit(Session(RoleNames.ExitBrain), (s_intents.Key, "exit"), (s_intents.Key, "move"));
        Commit(Session(RoleNames.TradingBot), (s_intents.Key, "entry"));
        Assert.Equal((0L, 0L), (_world.Length(s_intents.Key), _world.Length(s_orders.Key)));
        Assert.Equal(4, _log.Turn([], ends: false, out var blocker));
        Assert.Null(blocker);
        Assert.Equal(["entry", "exit", "move"], Texts(s_intents.Key));
        var ids = _world.Entries(s_intents.Key).Concat(_world.Entries(s_orders.Key))
            .Select(entry => EntryId.Parse(entry["#id"])).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(0, _log.Turn([], ends: false, out _));
    }

    [Fact]
    public void Nothing_is_put_out_before_every_reader_has_read_and_acknowledged()
    {
        var reader = Session(RoleNames.Executor);
        var seat = new RoleSeat(RoleNames.Executor, 0);
        var link = _log.Keys.LinksOf(seat, s_intents)[0];
        reader.EnsureGroup(link, EntryId.Zero);
        LogLink[] links = [link];
        _log.Offer(
            _log.BeginTurns() + 1, RoleNames.MarketPublisher, [new NewEntry(s_intents.Key, Entry("first"), 0)], links);
        Assert.Equal(["first"], Texts(s_intents.Key));
        Commit(Session(RoleNames.TradingBot), (s_intents.Key, "second"));
        Assert.Equal(0, _log.Turn([link], ends: false, out var blocker));
        Assert.Equal($"{link.StreamKey} {link.Group}", blocker);
        var batch = new LogBatch();
        Assert.True(reader.Fetch([new LinkRead(link, default, 10)], batch));
        Assert.Equal(0, _log.Turn([link], ends: false, out blocker));
        Assert.NotNull(blocker);
        var commit = new CommitBatch();
        commit.For(link).Acks.Add(batch[0].Id);
        commit.For(link).Cursor = batch[0].Id;
        Assert.Equal(CommitReply.Ok, reader.Commit(commit));
        Assert.Equal(1, _log.Turn([link], ends: false, out _));
        Assert.Equal(["first", "second"], Texts(s_intents.Key));
    }

    [Fact]
    public void An_offer_whose_answer_was_lost_is_there_once()
    {
        var number = _log.BeginTurns() + 1;
        for (var time = 0; time < 2; time++)
            _log.Offer(number, RoleNames.MarketPublisher, [new NewEntry(s_intents.Key, Entry("once"), 0)], []);
        Assert.Equal(number, _log.BeginTurns());
        Assert.Equal(0, _log.Turn([], ends: false, out _));
        Assert.Equal(["once"], Texts(s_intents.Key));
    }

    [Fact]
    public void Without_turns_and_behind_them_what_is_published_is_there_at_once()
    {
        var session = Session(RoleNames.TradingBot);
        Commit(session, (s_intents.Key, "before"));
        _log.BeginTurns();
        Commit(session, 1, (s_intents.Key, "within"));
        Assert.Equal(["before"], Texts(s_intents.Key));
        // What still waits is put out first: nothing is left behind.
        Assert.Equal(1, _log.Turn([], ends: true, out _));
        Assert.Equal(0, _log.Turn([], ends: true, out _));
        Commit(session, 2, (s_intents.Key, "behind"));
        Assert.Equal(["before", "within", "behind"], Texts(s_intents.Key));
    }

    [Fact]
    public void A_word_from_outside_keeps_its_place_and_holds_nothing_up()
    {
        _log.BeginTurns();
        _world.Ask(c => c.Call("XADD", s_intents.Key, "99999999999999-0", "text", "outside").ReadString());
        Commit(Session(RoleNames.TradingBot), (s_intents.Key, "staged"));
        Assert.Equal(1, _log.Turn([], ends: false, out _));
        Assert.Equal(["outside", "staged"], Texts(s_intents.Key));
    }

    private ILogSession Session(string role)
    {
        var session = _log.OpenSession(new RoleSeat(role, 0));
        _sessions.Add(session);
        Assert.True(session.Acquire("me", TimeSpan.FromSeconds(30)).IsGranted);
        return session;
    }

    private static void Commit(ILogSession session, params (string Key, string Text)[] outputs) =>
        Commit(session, 0, outputs);

    private static void Commit(ILogSession session, long expected, params (string Key, string Text)[] outputs)
    {
        var commit = new CommitBatch { ExpectedSequence = expected };
        foreach (var (key, text) in outputs) commit.AddOutput(key).Add("text"u8, Encoding.UTF8.GetBytes(text));
        Assert.Equal(CommitReply.Ok, session.Commit(commit));
    }

    private static FieldBuffer Entry(string text)
    {
        var entry = new FieldBuffer();
        entry.Add("text"u8, Encoding.UTF8.GetBytes(text));
        return entry;
    }

    private List<string> Texts(string key) => [.. _world.Entries(key).Select(entry => entry["text"])];
}
