using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.Executor.Venue;
using Quantum.InProcess;
using Quantum.Resp;
using Quantum.Roles.Executor;
using Quantum.Simulation.Venue;
using Quantum.Testing;

namespace Quantum.Services.Tests.Venue;

/// <summary>
/// Where the right to send is asked for, with four orders, two entries and 1,000 USD of entries a symbol in a minute.
/// At first entries are allowed, and whoever asks has the seat.
/// </summary>
internal interface IAskedForSend : IDisposable
{
    const string Owner = "this-process";

    void Seat(string owner);

    void NoPolicy();

    void Policy(string killSwitch, string riskMode);

    /// <summary>An operator's word, which governance has not followed.</summary>
    void Word(string command, string riskMode = "");

    /// <summary>Governance has followed every word so far.</summary>
    void Follow();

    /// <summary>Governance recorded something so long ago, ms; null: never.</summary>
    void Governance(long? agoMs);

    /// <param name="order">What is to be sent.</param>
    /// <param name="number">Which command asks.</param>
    /// <param name="passOpen">True past an order that is open.</param>
    SendVerdict Begin(OrderCommand order, long number, bool passOpen = false);

    void Settle(string id, SendState state);
}

/// <summary>The executor's script on a Redis.</summary>
internal sealed class RedisAskedForSend : IAskedForSend
{
    private readonly RedisServer _server = RedisServer.Start();
    private readonly RedisEntries _redis;
    private readonly SendJournal _journal;
    private readonly Dictionary<string, long> _grantedMs = [];

    public RedisAskedForSend()
    {
        _redis = new RedisEntries(_server);
        _journal = new SendJournal(
            RespEndpoint.Parse(_server.ConnectionString), new LogKeys(),
            new OrderLaneOptions { MaxOrdersPerMinute = 4, MaxEntriesPerMinute = 2, MaxEntryUsdPerMinute = 1_000 },
            IAskedForSend.Owner, TimeProvider.System);
        Clear();
    }

    public static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _redis.Call("FLUSHALL");
        _grantedMs.Clear();
        Seat(IAskedForSend.Owner);
        Policy("false", "normal");
        Governance(0);
    }

    public void Seat(string owner) => _redis.Call("HSET", "quantum:lease:venue", "owner", owner, "epoch", "1");

    public void NoPolicy() => _redis.Call("DEL", StreamCatalog.PolicyUpdated.Key);

    public void Policy(string killSwitch, string riskMode) => _redis.Call(
        "XADD", StreamCatalog.PolicyUpdated.Key, "*", "kill_switch", killSwitch, "risk_mode", riskMode);

    public void Word(string command, string riskMode = "") => _redis.Call(
        "XADD", StreamCatalog.GovernanceControl.Key, "*", "command", command, "risk_mode", riskMode, "by", "anna");

    public void Follow() => _redis.Call(
        "HSET", VenueBench.GovernancePlace, StreamCatalog.GovernanceControl.Key,
        _redis.Of(StreamCatalog.GovernanceControl)[^1]["#id"]);

    public void Governance(long? agoMs)
    {
        if (agoMs is not { } ago) _redis.Call("DEL", VenueBench.GovernancePlace);
        else _redis.Call(
            "HSET", VenueBench.GovernancePlace, "at", (NowMs - ago).ToString(CultureInfo.InvariantCulture));
    }

    public SendVerdict Begin(OrderCommand order, long number, bool passOpen = false)
    {
        var usd = order.ReduceOnly ? 0 : order.Quantity * (order.Price ?? order.ReferencePrice ?? 0);
        var right = _journal.Begin(in order, new EntryId(1, number), usd, passOpen, CancellationToken.None);
        if (right.IsGiven) _grantedMs[order.ClientOrderId] = right.GrantedMs;
        return right.Verdict;
    }

    public void Settle(string id, SendState state) =>
        _journal.Settle(id, state, _grantedMs[id], CancellationToken.None);

    public void Dispose()
    {
        _journal.Dispose();
        _server.Dispose();
    }
}

/// <summary>The simulation's class on a log in memory.</summary>
internal sealed class MemoryAskedForSend : IAskedForSend
{
    private readonly TapeTime _time = new();
    private readonly MemoryEventLog _log;
    private EntryId _lastWord;

    public MemoryAskedForSend()
    {
        _time.MoveTo(1_766_561_100_000);
        _log = new MemoryEventLog(time: _time);
        Rights = new SendRights(
            _log, Ledger, new SendLimits { OrdersPerMinute = 4, EntriesPerMinute = 2, EntryUsdPerMinute = 1_000 });
        Seat(IAskedForSend.Owner);
        Policy("false", "normal");
        using var session = _log.OpenSession(new RoleSeat(RoleNames.Governance, 0));
        session.Acquire("governance-1", TimeSpan.FromSeconds(10));
        Assert.Equal(CommitReply.Ok, session.Commit(new CommitBatch()));
    }

    public SendLedger Ledger { get; } = new();

    public SendRights Rights { get; }

    private StoredSeat GovernanceSeat => _log.SeatOf(new RoleSeat(RoleNames.Governance, 0));

    public void Seat(string owner) => _log.SeatOf(new RoleSeat(RoleNames.Venue, 0)).Owner = owner;

    public void NoPolicy() => _log.DeleteStream(StreamCatalog.PolicyUpdated.Key);

    public void Policy(string killSwitch, string riskMode) => Append(
        StreamCatalog.PolicyUpdated, ("kill_switch", killSwitch), ("risk_mode", riskMode));

    public void Word(string command, string riskMode = "") => _lastWord = Append(
        StreamCatalog.GovernanceControl, ("command", command), ("risk_mode", riskMode), ("by", "anna"));

    public void Follow() => GovernanceSeat.Cursors[StreamCatalog.GovernanceControl.Key] = _lastWord;

    public void Governance(long? agoMs) =>
        GovernanceSeat.CommittedMs = agoMs is { } ago ? _log.NowMs - ago : 0;

    public SendVerdict Begin(OrderCommand order, long number, bool passOpen = false) =>
        Rights.Begin(in order, new EntryId(1, number), IAskedForSend.Owner, passOpen, out _);

    public void Settle(string id, SendState state) => Ledger.Settle(
        id, Enum.Parse<SendState>(state.ToString()), Ledger.Find(id)!.SentMs);

    public void Dispose() => _log.Dispose();

    private EntryId Append(EventStream stream, params (string Name, string Text)[] fields)
    {
        var entry = new FieldBuffer();
        foreach (var (name, text) in fields) entry.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(text));
        return _log.Append(stream.Key, entry);
    }
}
