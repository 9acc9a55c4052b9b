using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Harness;

/// <summary>A numbered event of a symbol.</summary>
public readonly record struct Ping
{
    public required Symbol Symbol { get; init; }

    /// <summary>Number within the symbol, from 1.</summary>
    public required long Number { get; init; }
}

/// <summary>The one answer to a ping.</summary>
public readonly record struct Pong
{
    public required Symbol Symbol { get; init; }

    /// <summary>The ping's number.</summary>
    public required long Number { get; init; }

    /// <summary>How many pings of the symbol were applied, this one included.</summary>
    public required long Applied { get; init; }
}

/// <summary>Something the whole system hears.</summary>
public readonly record struct Notice
{
    /// <summary>Number, from 1.</summary>
    public required long Number { get; init; }
}

internal static class TestStreams
{
    public const string Source = "test_source";
    public const string Counter = "test_counter";
    public const string Gatherer = "test_gatherer";

    public static readonly EventStream<Ping> Pings =
        Define<Ping>("test.ping", DeliveryMode.Ordered, ShardKey.Symbol, [Source], [Counter]);
    public static readonly EventStream<Ping> Ticks =
        Define<Ping>("test.tick", DeliveryMode.Tail, ShardKey.Symbol, [Source], [Counter]);
    public static readonly EventStream<Pong> Pongs =
        Define<Pong>("test.pong", DeliveryMode.Ordered, ShardKey.Symbol, [Counter], [Gatherer]);
    public static readonly EventStream<Notice> Notices =
        Define<Notice>("test.notice", DeliveryMode.Ordered, ShardKey.Global, [Gatherer, Source], [Counter]);

    public static Symbol SymbolOf(int index) => Symbol.Parse("SYM" + (char)('A' + index) + "USDT");

    public static FieldBuffer Encode<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string id, long atMs = 1_766_000_000_000, TradingMode mode =
            TradingMode.Sim)
        where TEvent : struct
    {
        var buffer = new FieldBuffer();
        stream.Encode(
            new Envelope
            {
                EventId = Encoding.UTF8.GetBytes(id), AtMs = atMs, Source = Encoding.UTF8.GetBytes(Source), Mode = mode,
                Version = 1, TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8,
            },
            in payload,
            buffer);
        return buffer;
    }

    public static EntryId Send(IEventLog log, int symbol, long number, long atMs = 1_766_000_000_000)
    {
        var ping = new Ping { Symbol = SymbolOf(symbol), Number = number };
        var key = log.Keys.Stream(Pings, log.Keys.ShardOf(ping.Symbol.Name));
        return log.Append(key, Encode(Pings, in ping, $"p{symbol}-{number}", atMs));
    }

    private static EventStream<TEvent> Define<TEvent>(
        string name, DeliveryMode mode, ShardKey shard, string[] producers, string[] consumers) where TEvent : struct =>
            new()
        {
            Name = name,
            Domain = StreamDomain.Trading,
            Mode = mode,
            Shard = shard,
            Producers = producers,
            Consumers = [.. consumers.Select(role => new StreamConsumer(role, $"quantum:group:{role}:{name}"))],
            Retention = mode == DeliveryMode.Tail ? Retention.Length(1000) : Retention.Age(TimeSpan.FromHours(1)),
            LagObjective = TimeSpan.FromSeconds(15),
        };
}

/// <summary>What the counter remembers of a symbol.</summary>
public sealed class Tally
{
    public long Applied { get; set; }
    public long Last { get; set; }

    /// <summary>Pings that came out of order or twice.</summary>
    public long Wrong { get; set; }
}

/// <summary>Counts pings per symbol and answers each with one pong.</summary>
internal sealed class CounterRole : Role
{
    private readonly StateMap<Tally> _tallies;
    private readonly StateCell<Tally> _notices;

    public CounterRole(
        Action<long>? onPing = null, bool withClock = false, bool withTicks = false, bool withNotices = false)
    {
        _tallies = State.Map("symbol", _ => new Tally());
        _notices = State.Cell("notices", () => new Tally());
        On(TestStreams.Pings, (in Ping ping, in Input input, Outbox outbox) =>
        {
            onPing?.Invoke(ping.Number);
            Answer(in ping, outbox);
        });
        if (withTicks) On(TestStreams.Ticks, (in Ping tick, in Input input, Outbox outbox) => Answer(in tick, outbox));
        if (withNotices)
        {
            On(TestStreams.Notices, (in Notice notice, in Input input, Outbox outbox) =>
                Add(_notices.Touch(), notice.Number));
        }

        if (withClock)
        {
            OnClock((in Input input, Outbox outbox) =>
            {
                Clocks.Add(input.AtMs);
                outbox.Count("clock", "fed", "all");
            });
        }
    }

    public List<long> Clocks { get; } = [];

    public override string Name => TestStreams.Counter;

    private void Answer(in Ping ping, Outbox outbox)
    {
        var tally = _tallies.Touch(ping.Symbol.Name);
        Add(tally, ping.Number);
        outbox.Publish(
            TestStreams.Pongs, new Pong { Symbol = ping.Symbol, Number = ping.Number, Applied = tally.Applied });
    }

    private static void Add(Tally tally, long number)
    {
        if (number != tally.Last + 1) tally.Wrong++;
        tally.Applied++;
        tally.Last = number;
    }
}
