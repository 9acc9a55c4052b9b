using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Bench;

/// <summary>What the bench role answers to an intent.</summary>
public readonly record struct BenchAnswer
{
    public required Symbol Symbol { get; init; }

    /// <summary>The intent's confidence, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Intents of the symbol applied so far, from 1.</summary>
    public required long Applied { get; init; }
}

/// <summary>What the bench role remembers of a symbol.</summary>
public sealed class BenchTally
{
    public long Applied { get; set; }
}

/// <summary>The output stream of the exactly-once figures.</summary>
internal static class BenchStreams
{
    public static readonly EventStream<BenchAnswer> Answers = new()
    {
        Name = "bench.answer",
        Domain = StreamDomain.Trading,
        Mode = DeliveryMode.Ordered,
        Shard = ShardKey.Symbol,
        Producers = [RoleNames.Executor],
        Consumers = [],
        Retention = Retention.Age(TimeSpan.FromHours(1)),
        LagObjective = TimeSpan.FromSeconds(15),
    };
}

/// <summary>Consumes intents, keeps a tally per symbol, answers each with one event.</summary>
internal sealed class BenchRole : Role
{
    public BenchRole(Action<TradeIntent>? seen = null)
    {
        var tallies = State.Map("symbol", _ => new BenchTally());
        On(StreamCatalog.TradeIntent, (in TradeIntent intent, in Input input, Outbox outbox) =>
        {
            seen?.Invoke(intent);
            var tally = tallies.Touch(intent.Symbol.Name);
            tally.Applied++;
            outbox.Publish(
                BenchStreams.Answers,
                new BenchAnswer { Symbol = intent.Symbol, Confidence = intent.Confidence, Applied = tally.Applied });
        });
    }

    public override string Name => RoleNames.Executor;
}
