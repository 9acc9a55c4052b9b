using FsCheck;
using FsCheck.Fluent;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

public class RoundTripTests
{
    public static TheoryData<string> Streams => [.. StreamCatalog.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Streams))]
    public void Every_possible_event_comes_back_from_the_wire_unchanged(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        Prop.ForAll(EventGenerator.Of(stream.EventType), payload => stream.RoundTripFault(payload) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory, MemberData(nameof(Streams))]
    public void The_samples_come_back_too(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        Assert.Null(stream.RoundTripFault(EventSamples.Full(stream.EventType)));
        Assert.Null(stream.RoundTripFault(EventSamples.Sparse(stream.EventType)));
    }

    [Theory, MemberData(nameof(Streams))]
    public void Every_stream_can_be_rehearsed(string name) => StreamCatalog.Find(name)!.Rehearse();

    [Fact]
    public void Any_byte_soup_is_refused_or_read_but_never_throws()
    {
        var field = Gen.Elements("symbol", "side", "payload", "data", "event_id", "v", "ts", "confidence", "timestamp");
        var value = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get),
            Gen.Elements("BTCUSDT", "BUY", "1", "1e999", "{}", "[]", "{\"symbol\":1}", "-1", "NaN", "\"\\ud800\""));
        var entry = Gen.Zip(field, value).ArrayOf();
        Prop.ForAll(entry.ToArbitrary(), fields =>
        {
            var flat = new FlatEntry([.. fields.Select(f => (f.Item1, f.Item2))]);
            var isRead = flat.TryDecode(StreamCatalog.TradeIntent, out _, out var fault);
            return isRead == fault.IsNone;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void What_passes_unwritten_is_brought_into_the_form_that_comes_back()
    {
        var policy = (PolicyUpdated)EventSamples.Full(typeof(PolicyUpdated)) with { Reason = "" };
        Assert.Contains("comes back changed", StreamCatalog.PolicyUpdated.RoundTripFault(policy));
        StreamCatalog.PolicyUpdated.Codec.Pass(ref policy);
        Assert.Null(policy.Reason);
        var intent = (TradeIntent)EventSamples.Full(typeof(TradeIntent)) with { Reason = "" };
        StreamCatalog.TradeIntent.Codec.Pass(ref intent);
        Assert.Null(intent.Reason);
    }

    [Fact]
    public void What_cannot_be_written_cannot_pass_unwritten_either()
    {
        var signal = (SignalGenerated)EventSamples.Full(typeof(SignalGenerated));
        Refused(StreamCatalog.SignalGenerated, signal with { FundingRate = double.NaN });
        Refused(StreamCatalog.SignalGenerated, signal with { ModelName = "" });
        Refused(StreamCatalog.SignalGenerated, signal with { Symbol = default });
        Refused(StreamCatalog.SignalGenerated, signal with { Price = 0 });
        var vote = new ModelVote("m", Side.Buy, double.NaN, 1);
        Refused(StreamCatalog.SignalGenerated, signal with { Votes = new(vote) });
        Refused(StreamCatalog.TradeIntent, (TradeIntent)EventSamples.Full(typeof(TradeIntent)) with
        {
            Ilf = IlfContext.Unknown with { AtrValue = double.PositiveInfinity },
        });
    }

    private static void Refused<TEvent>(EventStream<TEvent> stream, TEvent sent) where TEvent : struct
    {
        Assert.Throws<FormatException>(() => stream.Codec.Encode(in sent, new FieldBuffer()));
        Assert.Throws<FormatException>(() => stream.Codec.Pass(ref sent));
    }

    [Fact]
    public void The_money_keeps_its_last_digit()
    {
        var tick = new MarketTick
        {
            Symbol = Symbol.Parse("BTCUSDT"), Price = 999_999_999_999.9999999999999999m, Quantity = 0.00000001m,
        };
        Assert.Null(StreamCatalog.MarketTick.RoundTripFault(tick));
    }
}
