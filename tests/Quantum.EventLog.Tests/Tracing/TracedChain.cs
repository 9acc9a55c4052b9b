using System.Collections.Concurrent;
using System.Diagnostics;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.InProcess;
using Quantum.EventLog.Runner;
using Quantum.EventLog.Tests.Harness;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Tracing;

/// <summary>
/// A small system: a source begins a chain, a role asks, a gateway answers, the role waits and ends the chain when a
/// tick says so, and a last role hears of it.
/// </summary>
internal sealed class TracedChain : IDisposable
{
    private const string Opener = "test_opener";
    private const string Asker = "test_asker";
    private const string Closer = "test_closer";

    public static readonly EventStream<Ping> Starts = Define("trace.start", TestStreams.Source, Opener, begins: true);
    public static readonly EventStream<Ping> Asked = Define("trace.asked", Opener, Asker);
    public static readonly EventStream<Ping> Answered = Define("trace.answered", Asker, Opener);
    public static readonly EventStream<Ping> Ended = Define("trace.ended", Opener, Closer);
    public static readonly EventStream<Ping> Closed = Define("trace.closed", Closer, null);
    public static readonly EventStream<Ping> Ticks =
        Define("trace.tick", TestStreams.Source, Opener, mode: DeliveryMode.Tail);

    // Entry ids are part of what a tick leads to: of a still clock they are the same in every run. It stands after all
    // events, for none is taken from the log's future.
    private readonly MemoryEventLog _log = new(time: StillClock());
    private readonly List<SeatRunner> _runners = [];
    private readonly EventSource _source;

    public TracedChain()
    {
        var settings = RedisWorld.Settings;
        _source = new EventSource(_log, TestStreams.Source, TradingMode.Sim);
        _runners.Add(new RoleRunner(_log, new OpenerRole(), new RoleSeat(Opener, 0), settings, "a"));
        _runners.Add(new GatewayRunner(_log, new AskGateway(Calls), new RoleSeat(Asker, 0), settings, "a"));
        _runners.Add(new RoleRunner(_log, new CloserRole(), new RoleSeat(Closer, 0), settings, "a"));
        foreach (var runner in _runners) runner.Start();
    }

    /// <summary>The context that each call of the gateway saw.</summary>
    public ConcurrentQueue<string?> Calls { get; } = new();

    public void Start(string eventId, long number, long? atMs = null) => _source.Publish(
        Starts, Ping(number), eventId, atMs ?? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    public void Tick(long number) =>
        _source.Publish(Ticks, Ping(number), "", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>Waits until so many entries stand on a stream, and gives their fields of a name.</summary>
    public IReadOnlyList<string> Await(EventStream stream, int count, string field = "traceparent")
    {
        Eventually.True(() => _log.Length(stream.Key) >= count);
        return [.. _log.Entries(stream.Key).Select(entry =>
        {
            entry.Entry.Fields.TryGet(System.Text.Encoding.UTF8.GetBytes(field), out var value);
            return System.Text.Encoding.UTF8.GetString(value);
        })];
    }

    /// <summary>Waits until so many answers are remembered.</summary>
    public void AwaitAnswers(int count) => Eventually.True(
        () => _log.ReasonsOf(new RoleSeat(Opener, 0)).Sum(reason => reason.Times) >= count);

    /// <summary>Ends the seats, so that everything committed is told.</summary>
    public void Stop()
    {
        foreach (var runner in _runners) Assert.True(runner.Stop());
    }

    public void Dispose()
    {
        foreach (var runner in _runners) runner.Dispose();
        _log.Dispose();
    }

    private static TapeTime StillClock()
    {
        var clock = new TapeTime();
        clock.MoveTo(4_102_444_800_000);
        return clock;
    }

    private static Ping Ping(long number) => new() { Symbol = TestStreams.SymbolOf(0), Number = number };

    private static EventStream<Ping> Define(
        string name, string producer, string? consumer, bool begins = false,
        DeliveryMode mode = DeliveryMode.Ordered) => new()
        {
            Name = name, Domain = StreamDomain.Trading, Mode = mode, Shard = ShardKey.Symbol, Producers = [producer],
            Consumers = consumer is null ? [] : [new StreamConsumer(consumer, StreamCatalog.GroupOf(consumer, name))],
            Retention = Retention.Age(TimeSpan.FromHours(1)), LagObjective = TimeSpan.FromSeconds(15),
            FreshnessLimit = TimeSpan.FromSeconds(60), BeginsTrace = begins,
        };

    public sealed class Waiting
    {
        public string Correlation { get; set; } = "";
    }

    private sealed class OpenerRole : Role
    {
        public OpenerRole()
        {
            var waiting = State.Map("waiting", _ => new Waiting());
            On(Starts, (in Ping start, in Input input, Outbox outbox) =>
            {
                if (start.Number < 0) throw new InvalidOperationException("below zero");
                outbox.Publish(Asked, in start);
            });
            On(Answered, (in Ping answer, in Input input, Outbox outbox) =>
            {
                waiting.Touch($"{answer.Number}").Correlation = input.CorrelationId;
                outbox.Count("waits", "answered");
            });
            On(Ticks, (in Ping tick, in Input input, Outbox outbox) =>
            {
                if (waiting.Find($"{tick.Number}") is { } found)
                    outbox.Publish(Ended, in tick, found.Correlation);
            });
        }

        public override string Name => Opener;
    }

    private sealed class AskGateway : Gateway
    {
        public AskGateway(ConcurrentQueue<string?> calls) => On(Asked, async (ask, _, outbox, cancel) =>
        {
            await Task.Yield();
            calls.Enqueue(Activity.Current?.Id);
            outbox.Publish(Answered, in ask);
        });

        public override string Name => Asker;
    }

    private sealed class CloserRole : Role
    {
        public CloserRole() => On(Ended, (in Ping ended, in Input input, Outbox outbox) =>
            outbox.Publish(Closed, in ended));

        public override string Name => Closer;
    }
}
