using System.Reflection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>What cannot be read says which field, which value and what is expected; nothing is filled in.</summary>
public class DecodeFaultTests
{
    private static readonly EventStream<TradeIntent> s_intents = StreamCatalog.TradeIntent;

    public static TheoryData<string> Streams => [.. StreamCatalog.All.Select(s => s.Name)];

    private static FlatEntry Intent() => FlatEntry.Of(s_intents, (TradeIntent)EventSamples.Full(typeof(TradeIntent)));

    [Theory]
    [InlineData("confidence", "NaN", DecodeFaultKind.BadValue)]
    [InlineData("confidence", "Infinity", DecodeFaultKind.BadValue)]
    [InlineData("confidence", "1e999", DecodeFaultKind.BadValue)]
    [InlineData("confidence", "0,72", DecodeFaultKind.BadValue)]
    [InlineData("confidence", " 0.72", DecodeFaultKind.BadValue)]
    [InlineData("confidence", "", DecodeFaultKind.BadValue)]
    [InlineData("confidence", "1.01", DecodeFaultKind.OutOfRange)]
    [InlineData("position_size_usd", "79228162514264337593543950336", DecodeFaultKind.BadValue)]
    [InlineData("position_size_usd", "1000000000000.1", DecodeFaultKind.BadValue)]
    [InlineData("atr_value", "-1.1e15", DecodeFaultKind.BadValue)]
    [InlineData("deadline_ms", "10000000000001", DecodeFaultKind.BadValue)]
    [InlineData("deadline_ms", "-9223372036854775808", DecodeFaultKind.BadValue)]
    [InlineData("entry_price", "0.0000000000009", DecodeFaultKind.OutOfRange)]
    [InlineData("leverage", "1000000001", DecodeFaultKind.BadValue)]
    [InlineData("ts", "10000000000001", DecodeFaultKind.BadValue)]
    [InlineData("ts", "9223372036854775807", DecodeFaultKind.BadValue)]
    [InlineData("position_size_usd", "0", DecodeFaultKind.OutOfRange)]
    [InlineData("position_size_usd", "-200", DecodeFaultKind.OutOfRange)]
    [InlineData("leverage", "2147483648", DecodeFaultKind.BadValue)]
    [InlineData("leverage", "1.5", DecodeFaultKind.BadValue)]
    [InlineData("leverage", "0", DecodeFaultKind.OutOfRange)]
    [InlineData("atr_value", "unknown", DecodeFaultKind.BadValue)]
    [InlineData("reduce_only", "yes", DecodeFaultKind.BadValue)]
    [InlineData("side", "HOLD", DecodeFaultKind.BadValue)]
    [InlineData("side", "", DecodeFaultKind.BadValue)]
    [InlineData("symbol", "", DecodeFaultKind.BadValue)]
    [InlineData("symbol", "btcusdt", DecodeFaultKind.BadValue)]
    [InlineData("symbol", "ABCDEFGHIJKLMNOPQRSTUVWXY", DecodeFaultKind.BadValue)]
    [InlineData("regime", "TREND", DecodeFaultKind.BadValue)]
    [InlineData("ts", "", DecodeFaultKind.BadValue)]
    [InlineData("ts", "2025-12-24T05:02:00", DecodeFaultKind.BadValue)]
    [InlineData("ts", "0", DecodeFaultKind.BadValue)]
    [InlineData("mode", "production", DecodeFaultKind.BadValue)]
    [InlineData("v", "0", DecodeFaultKind.BadValue)]
    [InlineData("v", "2", DecodeFaultKind.UnknownSchema)]
    [InlineData("event_id", "", DecodeFaultKind.MissingField)]
    [InlineData("source", "", DecodeFaultKind.MissingField)]
    public void A_value_that_cannot_be_is_refused(string field, string value, DecodeFaultKind expected)
    {
        var fault = Intent().With(field, value).FaultOf(s_intents);
        Assert.Equal(expected, fault.Kind);
        Assert.Contains(expected == DecodeFaultKind.UnknownSchema ? "schema version 2" : field, fault.Text);
    }

    [Theory, MemberData(nameof(Streams))]
    public void Every_field_that_is_not_optional_must_be_there(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        Call(nameof(CheckRequired), stream);
    }

    [Theory, MemberData(nameof(Streams))]
    public void An_empty_optional_field_is_null_and_never_zero(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        Call(nameof(CheckEmpty), stream);
    }

    [Theory, MemberData(nameof(Streams))]
    public void Other_order_and_unknown_fields_change_nothing(string name)
    {
        var stream = StreamCatalog.Find(name)!;
        Call(nameof(CheckOrder), stream);
    }

    [Fact]
    public void A_broken_entry_of_ours_does_not_pass_for_a_legacy_one()
    {
        Assert.Equal("field 'v' is missing: the producer must send it.", Intent().Without("v").FaultOf(s_intents).Text);
        Assert.Contains("'event_id'", Intent().Without("event_id").FaultOf(s_intents).Text);
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[{\"model\":null,\"side\":\"BUY\",\"probability\":0.5,\"weight\":1}]")]
    [InlineData("[{\"model\":\"a\",\"side\":1,\"probability\":0.5,\"weight\":1}]")]
    [InlineData("[{\"model\":\"a\",\"side\":\"BUY\",\"probability\":0.5}]")]
    [InlineData("[{\"model\":\"a\",\"side\":\"BUY\",\"probability\":0.5,\"probability\":0.9,\"weight\":1}]")]
    [InlineData("[")]
    [InlineData("")]
    public void Nested_values_are_not_filled_in_either(string votes)
    {
        var signal = (SignalGenerated)EventSamples.Full(typeof(SignalGenerated));
        var fault = FlatEntry.Of(StreamCatalog.SignalGenerated, signal).With("votes", votes)
            .FaultOf(StreamCatalog.SignalGenerated);
        Assert.Equal(DecodeFaultKind.BadValue, fault.Kind);
        Assert.Contains("a JSON list of ModelVote", fault.Text);
    }

    [Fact]
    public void A_long_bad_value_is_shown_cut()
    {
        var fault = Intent().With("confidence", new string('9', 100_000) + "x").FaultOf(s_intents);
        Assert.InRange(fault.Text.Length, 80, 200);
        Assert.EndsWith("…': expected a finite number, at most 1000000000000000 either way.", fault.Text);
    }

    [Fact]
    public void A_foreign_entry_is_named_as_such()
    {
        Assert.Contains("'symbol' is missing", new FlatEntry(("init", "1")).FaultOf(s_intents).Text);
        Assert.Contains("'ts' is missing", new FlatEntry(("init", "1")).FaultOf(StreamCatalog.ExchangeRaw).Text);
        Assert.Contains("'symbol' is missing", new FlatEntry().FaultOf(s_intents).Text);
    }

    private static void Call(string check, EventStream stream) =>
        typeof(DecodeFaultTests).GetMethod(check, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(stream.EventType).Invoke(null, [stream]);

    private static void CheckRequired<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var sample = (TEvent)EventSamples.Full(typeof(TEvent));
        var required = FieldsOf(typeof(TEvent)).Where(p => !IsOptional(p)).Select(p => WireNames.Of(p)).ToList();
        Assert.NotEmpty(required);
        foreach (var name in required)
        {
            var fault = FlatEntry.Of(stream, sample).Without(name).FaultOf(stream);
            Assert.Equal(DecodeFault.Missing(name), fault);
            Assert.Contains($"'{name}'", FlatEntry.Of(stream, sample).With(name, "").FaultOf(stream).Text);
        }
    }

    private static void CheckEmpty<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var sample = (TEvent)EventSamples.Sparse(typeof(TEvent));
        foreach (var property in FieldsOf(typeof(TEvent)).Where(p => IsOptional(p) && ValueOf(p, sample) is null))
        {
            var name = WireNames.Of(property);
            Assert.Null(ValueOf(property, FlatEntry.Of(stream, sample).With(name, "").Decode(stream)));
            Assert.Null(ValueOf(property, FlatEntry.Of(stream, sample).Without(name).Decode(stream)));
        }
    }

    private static void CheckOrder<TEvent>(EventStream<TEvent> stream) where TEvent : struct
    {
        var sample = (TEvent)EventSamples.Full(typeof(TEvent));
        var entry = FlatEntry.Of(stream, sample).With("from_a_newer_build", "1").Reversed();
        Assert.Equal(sample, entry.Decode(stream));
    }

    private static IEnumerable<PropertyInfo> FieldsOf(Type type) => type.GetProperties()
        .SelectMany(p => p.PropertyType.IsDefined(typeof(FlatFieldsAttribute)) ? FieldsOf(p.PropertyType) : [p]);

    // A member of a part stands in the event's one property of that part.
    private static object? ValueOf(PropertyInfo property, object payload) => property.GetValue(
        property.DeclaringType == payload.GetType()
            ? payload
            : payload.GetType().GetProperties()
                .Single(p => p.PropertyType == property.DeclaringType).GetValue(payload));

    private static bool IsOptional(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
}
