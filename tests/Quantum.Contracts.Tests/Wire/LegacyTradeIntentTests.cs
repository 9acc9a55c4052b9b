using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>The four forms of <c>trade.intent</c> that the audited system wrote.</summary>
public class LegacyTradeIntentTests
{
    private const string Json = """
        {"symbol": "NEARUSDT", "side": "BUY", "confidence": 0.72, "entry_price": 1.4701, "stop_loss": 1.44,
         "take_profit": 1.5, "position_size_usd": 200.0, "leverage": 1, "timestamp": "2025-12-24T04:32:14.512345",
         "model": "fallback-trend-following", "reason": "trend", "atr_value": 0.02, "volatility_factor": 0.55,
         "exchange_divergence": 0.0, "funding_rate": 0.0, "regime": "unknown"}
        """;

    private const long AtMs = 1_766_550_734_512;

    private static readonly EventStream<TradeIntent> s_intents = StreamCatalog.TradeIntent;

    private static FlatEntry Bus() => new(
        ("event_type", "trade.intent"), ("payload", Json), ("trace_id", "t-1"),
        ("timestamp", "2025-12-24T04:32:14.600000"), ("source", "ai_engine"));

    private static FlatEntry Flat() => new(
        ("symbol", "NEARUSDT"), ("side", "BUY"), ("confidence", "0.72"), ("position_size_usd", "200.0"),
        ("leverage", "1"), ("atr_value", "0.02"), ("volatility_factor", "0.55"), ("exchange_divergence", "0.0"),
        ("funding_rate", "0.0"), ("regime", "unknown"), ("timestamp", "1766550734.512"));

    public static TheoryData<string> Forms => ["bus", "no_trace", "data", "flat"];

    private static FlatEntry Form(string form) => form switch
    {
        "bus" => Bus(),
        "no_trace" => Bus().Without("trace_id"),
        "data" => new FlatEntry(("data", Json)),
        _ => Flat(),
    };

    [Theory, MemberData(nameof(Forms))]
    public void Each_form_is_read(string form)
    {
        var intent = Form(form).Decode(s_intents);
        Assert.Equal(Symbol.Parse("NEARUSDT"), intent.Symbol);
        Assert.Equal(Side.Buy, intent.Side);
        Assert.Equal((0.72, 200.0m, 1), (intent.Confidence, intent.PositionSizeUsd, intent.Leverage));
        Assert.Equal((0.02, 0.55, 0.0, 0.0),
            (intent.Ilf.AtrValue, intent.Ilf.VolatilityFactor, intent.Ilf.ExchangeDivergence, intent.Ilf.FundingRate));
        Assert.Equal(Regime.Unknown, intent.Ilf.Regime);
        Assert.Equal(AtMs + LegacyTradeIntent.LifetimeMs, intent.DeadlineMs);
        Assert.Null(intent.ReduceOnly);
        Assert.False(intent.IsExit());
    }

    [Theory, MemberData(nameof(Forms))]
    public void Each_form_gets_an_envelope_that_says_what_it_knows(string form)
    {
        var fields = Form(form).ToBuffer().Fields;
        Assert.True(s_intents.TryDecode(in fields, FlatEntry.Id, out var envelope, out _, out _));
        Assert.Equal("legacy-1766552540000-0", Encoding.UTF8.GetString(envelope.EventId));
        Assert.Equal(AtMs, envelope.AtMs);
        Assert.Null(envelope.Mode);
        Assert.Equal(form == "bus" ? "t-1" : "legacy-1766552540000-0", Encoding.UTF8.GetString(envelope.CorrelationId));
        Assert.Equal(form is "bus" or "no_trace" ? "ai_engine" : "legacy", Encoding.UTF8.GetString(envelope.Source));
    }

    [Theory, MemberData(nameof(Forms))]
    public void Symbol_and_side_are_never_defaulted(string form)
    {
        foreach (var name in (string[])["symbol", "side", "confidence"])
        {
            var fault = Without(Form(form), name).FaultOf(s_intents);
            Assert.Equal(DecodeFaultKind.MissingField, fault.Kind);
            Assert.Contains($"'{name}'", fault.Text);
        }
    }

    [Theory]
    [InlineData("2025-12-24T04:32:14.512345", AtMs)]
    [InlineData("2025-12-24T04:32:14.512", AtMs)]
    [InlineData("2025-12-24T04:32:14", AtMs - 512)]
    [InlineData("2025-12-24T04:32:14.512345+00:00", AtMs)]
    [InlineData("2025-12-24T04:32:14.512345Z", AtMs)]
    [InlineData("2025-12-24T06:32:14.512345+02:00", AtMs)]
    [InlineData("2025-12-24 04:32:14.512345", AtMs)]
    [InlineData("1766550734.512", AtMs)]
    [InlineData("1766550734", AtMs - 512)]
    [InlineData("1766550734512", AtMs)]
    [InlineData("1.766550734512e9", AtMs)]
    public void Every_time_format_is_read(string text, long expectedMs)
    {
        Assert.True(LegacyTime.TryParse(text, out var ms));
        Assert.Equal(expectedMs, ms);
        Assert.Equal(expectedMs + 30_000, Flat().With("timestamp", text).Decode(s_intents).DeadlineMs);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("04:32:14")]
    [InlineData("2025-12-24")]
    [InlineData("24/12/2025 04:32")]
    [InlineData("NaN")]
    [InlineData("0")]
    [InlineData("-1766550734")]
    [InlineData("1766550734512345")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_time_that_cannot_be_read_leaves_the_deadline_unknown(string text)
    {
        Assert.False(LegacyTime.TryParse(text, out _));
        Assert.Null(Flat().With("timestamp", text).Decode(s_intents).DeadlineMs);
    }

    [Fact]
    public void One_unreadable_time_beside_a_good_one_still_leaves_the_deadline_unknown() =>
        Assert.Null(Bus().With("timestamp", "soon").Decode(s_intents).DeadlineMs);

    [Fact]
    public void No_time_at_all_leaves_the_deadline_unknown() =>
        Assert.Null(Flat().Without("timestamp").Decode(s_intents).DeadlineMs);

    [Theory]
    [InlineData("side", "HOLD", "'side' is 'HOLD'")]
    [InlineData("symbol", "near", "'symbol' is 'near'")]
    [InlineData("confidence", "high", "'confidence' is 'high'")]
    [InlineData("confidence", "NaN", "'confidence' is 'NaN'")]
    [InlineData("confidence", "7", "confidence 7 is outside")]
    [InlineData("position_size_usd", "1e300", "'position_size_usd' is '1e300'")]
    [InlineData("position_size_usd", "None", "position_size_usd is empty")]
    [InlineData("leverage", "1e300", "'leverage' is '1e300'")]
    [InlineData("stop_loss", "tight", "'stop_loss' is 'tight'")]
    [InlineData("reduce_only", "perhaps", "'reduce_only' is 'perhaps'")]
    [InlineData("payload", "not json", "'payload' is not a JSON object")]
    [InlineData("payload", "[1]", "'payload' is not a JSON object")]
    [InlineData("data", "{\"symbol\":", "'data' is not a JSON object")]
    public void What_cannot_be_read_is_refused_by_name(string field, string value, string expected) =>
        Assert.Contains(expected, Flat().With(field, value).FaultOf(s_intents).Text);

    [Theory]
    [InlineData("action", "sell", Side.Sell)]
    [InlineData("direction", "LONG", Side.Buy)]
    [InlineData("direction", "short", Side.Sell)]
    public void Older_names_of_the_side_are_read(string field, string value, Side expected) =>
        Assert.Equal(expected, Flat().Without("side").With(field, value).Decode(s_intents).Side);

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("null")]
    public void The_old_spellings_of_unknown_are_null(string text) =>
        Assert.Null(Flat().With("atr_value", text).Decode(s_intents).Ilf.AtrValue);

    [Fact]
    public void A_reduce_only_flag_is_kept_in_any_spelling()
    {
        foreach (var text in (string[])["true", "True", "1"])
            Assert.True(Flat().With("reduce_only", text).Decode(s_intents).IsExit());
    }

    [Fact]
    public void Another_regime_vocabulary_is_unknown() =>
        Assert.Equal(Regime.Unknown, Flat().With("regime", "TREND").Decode(s_intents).Ilf.Regime);

    [Fact]
    public void The_lifetime_is_the_catalogs_freshness_limit() =>
        Assert.Equal(TimeSpan.FromMilliseconds(LegacyTradeIntent.LifetimeMs), s_intents.FreshnessLimit);

    private static FlatEntry Without(FlatEntry entry, string name)
    {
        var holder = entry.All.FirstOrDefault(f => f.Name is "payload" or "data").Name;
        if (holder is null) return entry.Without(name);
        return entry.With(holder, Json.Replace($"\"{name}\"", "\"gone\"", StringComparison.Ordinal));
    }
}
