using System.Reflection;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>The wire text of every stream, field by field in order, as committed under <c>Golden/</c>.</summary>
public class GoldenTests
{
    public static TheoryData<string> Streams => [.. StreamCatalog.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Streams))]
    public void Wire_text_is_as_committed(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        var text = $"# {stream.Key}\n{TextOf(stream, EventSamples.Full(stream.EventType))}"
            + $"\n# all that may be unknown is unknown\n{TextOf(stream, EventSamples.Sparse(stream.EventType))}";
        GoldenFile.Compare($"tests/Quantum.Contracts.Tests/Golden/{name}.txt", text);
    }

    [Fact]
    public void The_audits_sample_stands_in_its_order_and_spelling()
    {
        var entry = FlatEntry.Of(
            StreamCatalog.TradeIntent, (TradeIntent)EventSamples.Full(typeof(TradeIntent)));
        Assert.Equal(
            [
                ("symbol", "NEARUSDT"), ("side", "BUY"), ("confidence", "0.72"), ("position_size_usd", "200.0"),
                ("leverage", "1"), ("atr_value", "0.02"), ("volatility_factor", "0.55"), ("exchange_divergence", "0"),
                ("funding_rate", "0"), ("regime", "unknown"),
            ],
            entry.All.Skip(EnvelopeCodec.FieldCount).Take(10));
    }

    private static string TextOf(EventStream stream, object payload) =>
        (string)typeof(GoldenTests).GetMethod(nameof(TextOfTyped), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(stream.EventType).Invoke(null, [stream, payload])!;

    private static string TextOfTyped<TEvent>(EventStream<TEvent> stream, TEvent payload) where TEvent : struct
    {
        var entry = FlatEntry.Of(stream, payload);
        Assert.Equal(payload, entry.Decode(stream));
        var text = new StringBuilder();
        foreach (var (name, value) in entry.All) text.Append(name).Append('=').Append(value).Append('\n');
        return text.ToString();
    }
}
