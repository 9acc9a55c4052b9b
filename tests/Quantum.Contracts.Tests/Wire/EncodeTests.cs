using System.Reflection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>An impossible event never reaches a stream.</summary>
public class EncodeTests
{
    public static TheoryData<string> Streams => [.. StreamCatalog.All.Select(s => s.Name)];

    private static TradeIntent Sample => (TradeIntent)EventSamples.Full(typeof(TradeIntent));

    [Theory, MemberData(nameof(Streams))]
    public void A_default_event_is_refused_wherever_it_says_nothing(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        var refused = Record.Exception(() => stream.RoundTripFault(Activator.CreateInstance(stream.EventType)!));
        // A flat, empty account and a regime nobody knows are possible ones.
        if (name is "portfolio.snapshot_updated" or "portfolio.exposure_updated" or "meta.regime") Assert.Null(refused);
        else
            Assert.NotEmpty(Assert.IsType<FormatException>(refused).Message);
    }

    [Fact]
    public void Nan_is_not_sent()
    {
        var refused = Assert.Throws<FormatException>(
            () => FlatEntry.Of(
                StreamCatalog.TradeIntent, Sample with { Ilf = Sample.Ilf with { AtrValue = double.NaN } }));
        Assert.Contains("TradeIntent.atr_value", refused.Message);
        var vote = new WireList<ModelVote>(new ModelVote("m", Side.Buy, double.NaN, 1));
        var signal = (SignalGenerated)EventSamples.Full(typeof(SignalGenerated)) with { Votes = vote };
        refused = Assert.Throws<FormatException>(() => FlatEntry.Of(StreamCatalog.SignalGenerated, signal));
        Assert.Contains("SignalGenerated.votes", refused.Message);
    }

    [Fact]
    public void An_event_that_says_it_is_impossible_is_not_sent()
    {
        var refused = Assert.Throws<FormatException>(
            () => FlatEntry.Of(StreamCatalog.TradeIntent, Sample with { Confidence = 1.2 }));
        Assert.Equal("TradeIntent cannot be sent: confidence 1.2 is outside 0 to 1", refused.Message);
    }

    [Theory]
    [InlineData("mode")]
    [InlineData("event_id")]
    [InlineData("source")]
    [InlineData("ts")]
    [InlineData("v ")]
    public void An_envelope_that_lacks_something_is_not_sent(string lacking)
    {
        var refused = Assert.Throws<FormatException>(() =>
        {
            var envelope = new Envelope
            {
                EventId = lacking == "event_id" ? default : "1"u8,
                AtMs = lacking == "ts" ? 0 : 1,
                Source = lacking == "source" ? default : "s"u8,
                Mode = lacking == "mode" ? null : TradingMode.Sim,
                Version = lacking == "v " ? 0 : 1,
            };
            EnvelopeCodec.Write(in envelope, false, new FieldBuffer());
        });
        Assert.Contains(lacking, refused.Message);
    }

    [Fact]
    public void The_envelope_stands_first_and_begins_its_own_chain_when_none_is_given()
    {
        var buffer = new FieldBuffer();
        var envelope = new Envelope
        {
            EventId = "e1"u8, AtMs = 5, Source = "s"u8, Mode = TradingMode.Live, Version = 1,
        };
        StreamCatalog.TradeIntent.Encode(in envelope, Sample, buffer);
        Assert.Equal(
            EnvelopeCodec.FieldNames.Concat(StreamCatalog.TradeIntent.FieldNames),
            FlatEntry.Read(buffer.Fields).All.Select(f => f.Name));
        Assert.Contains(("correlation_id", "e1"), FlatEntry.Read(buffer.Fields).All);
    }

    [Fact]
    public void Tail_streams_carry_time_mode_and_version_only()
    {
        foreach (var stream in StreamCatalog.All.Where(s => s.IsTail))
            Assert.Equal(["ts", "mode", "v"], NamesOf(stream).Take(EnvelopeCodec.TailFieldCount));
    }

    private static IEnumerable<string> NamesOf(EventStream stream) =>
        (IEnumerable<string>)typeof(EncodeTests)
            .GetMethod(nameof(NamesOfTyped), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(stream.EventType).Invoke(null, [stream])!;

    private static IEnumerable<string> NamesOfTyped<TEvent>(EventStream<TEvent> stream) where TEvent : struct =>
        FlatEntry.Of(stream, (TEvent)EventSamples.Full(typeof(TEvent))).All.Select(f => f.Name);
}
