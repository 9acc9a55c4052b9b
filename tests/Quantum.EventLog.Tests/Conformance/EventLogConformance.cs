using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Conformance;

/// <summary>
/// What every event log does, whichever way it stores. One suite; each implementation derives a fixture from it.
/// </summary>
public abstract partial class EventLogConformance : IDisposable
{
    protected static readonly RoleSeat Seat = new(RoleNames.Executor, 0);
    protected static readonly RoleSeat TailSeat = new(RoleNames.ExitBrain, 0);
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(60);

    private readonly LogBatch _bell = new();
    private readonly Lazy<IConformanceLog> _under;

    protected EventLogConformance() => _under = new Lazy<IConformanceLog>(Create);

    protected IConformanceLog Under => _under.Value;

    protected IEventLog Log => Under.Log;

    protected LogLink Intents => Log.Keys.LinksOf(Seat, StreamCatalog.TradeIntent)[0];

    protected LogLink Updates => Log.Keys.LinksOf(Seat, StreamCatalog.OrderUpdate)[0];

    protected LogLink Ticks => Log.Keys.LinksOf(TailSeat, StreamCatalog.MarketTick)[0];

    protected string Results => Log.Keys.Stream(StreamCatalog.ExecutionResult, 0);

    protected abstract IConformanceLog Create();

    public void Dispose()
    {
        if (_under.IsValueCreated) Under.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static FieldBuffer Entry(params (string Name, string Value)[] fields)
    {
        var buffer = new FieldBuffer();
        foreach (var (name, value) in fields) buffer.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        return buffer;
    }

    protected EntryId Send(LogLink link, int number) => Log.Append(link.StreamKey, Entry(("n", $"{number}")));

    protected void Send(LogLink link, int from, int count)
    {
        for (var i = from; i < from + count; i++) Send(link, i);
    }

    /// <summary>A session that holds its seat, its groups made from the beginning.</summary>
    protected ILogSession Held(string owner = "a", params LogLink[] links)
    {
        var session = Log.OpenSession(Seat);
        Assert.True(session.Acquire(owner, s_ttl).IsGranted);
        foreach (var link in links.Length == 0 ? [Intents] : links) session.EnsureGroup(link, EntryId.Zero);
        return session;
    }

    protected static LogRead Fetch(ILogSession session, params LinkRead[] reads)
    {
        var batch = new LogBatch();
        var isHeld = session.Fetch(reads, batch);
        return LogRead.Of(isHeld, batch);
    }

    protected LogRead FetchNew(ILogSession session, int count = 100) =>
        Fetch(session, new LinkRead(Intents, EntryId.Zero, count));

    protected LogRead FetchPending(ILogSession session, int count = 100) =>
        Fetch(session, new LinkRead(Intents, EntryId.Zero, count, Pending: true));

    /// <summary>A commit that acknowledges what was read and publishes one result per entry.</summary>
    protected CommitBatch CommitOf(LogRead read, long expected, bool publishes = true)
    {
        var commit = new CommitBatch { ExpectedSequence = expected };
        foreach (var entry in read.Entries)
        {
            var part = commit.For(Intents);
            part.Cursor = entry.Id;
            part.Acks.Add(entry.Id);
            if (publishes) commit.AddOutput(Results).Add("for"u8, Encoding.UTF8.GetBytes(entry.Fields["n"]));
        }

        return commit;
    }

    protected IReadOnlyList<string> Published() =>
        [.. Under.Entries(Results).Select(entry => entry.Fields.Single(f => f.Name == "for").Value)];
}
