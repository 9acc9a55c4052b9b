using System.Globalization;
using System.Text;
using System.Text.Json;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Wire;

/// <summary>
/// Reads the forms of <c>trade.intent</c> that the audited system wrote: JSON under <c>payload</c> with an envelope (with
/// or without <c>trace_id</c>), JSON under <c>data</c>, and bare flat fields. Symbol and side are never defaulted; a time
/// that cannot be read leaves the deadline unknown, and such an intent is never executed.
/// </summary>
public static class LegacyTradeIntent
{
    /// <summary>How long a legacy intent stays executable: the catalog's freshness limit of the stream.</summary>
    public const long LifetimeMs = 30_000;

    public static bool TryRead(
        in EntryFields fields, EntryId id, out Envelope envelope, out TradeIntent decoded, out DecodeFault fault)
    {
        envelope = default;
        decoded = default;
        fault = DecodeFault.None;
        if (fields.TryGet("event_id"u8, 0, out _) && fields.TryGet("v"u8, 4, out _)) return false;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
            texts[Encoding.UTF8.GetString(fields.Name(i))] = Encoding.UTF8.GetString(fields.Value(i));
        if (TryUnwrap(texts, out fault) && TryBuild(texts, out decoded, out var atMs, out fault))
            envelope = EnvelopeOf(texts, id, atMs);
        return true;
    }

    private static bool TryUnwrap(Dictionary<string, string> texts, out DecodeFault fault)
    {
        fault = DecodeFault.None;
        var name = texts.ContainsKey("payload") ? "payload" : "data";
        if (!texts.Remove(name, out var json)) return true;
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
                texts[Rename(property.Name, texts)] = TextOf(property.Value);
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            fault = new DecodeFault(DecodeFaultKind.Undecodable, $"field '{name}' is not a JSON object: {error.Message}");
            return false;
        }
    }

    // A payload may carry its own timestamp beside the envelope's: both are kept, the older one counts.
    private static string Rename(string name, Dictionary<string, string> texts) =>
        name == "timestamp" && texts.ContainsKey(name) ? "payload_timestamp" : name;

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static bool TryBuild(
        Dictionary<string, string> texts, out TradeIntent intent, out long? atMs, out DecodeFault fault)
    {
        intent = default;
        atMs = OldestTime(texts);
        if (!Symbol.TryParse(Text(texts, "symbol"), out var symbol)) return Bad(texts, "symbol", "a symbol such as BTCUSDT", out fault);
        if (!TryReadSide(texts, out var side)) return Bad(texts, "side", "BUY or SELL", out fault);
        if (!TryNumber(texts, "confidence", out var confidence) || confidence is null)
            return Bad(texts, "confidence", "a number from 0 to 1", out fault);
        if (!TryNumber(texts, "position_size_usd", out var size)) return Bad(texts, "position_size_usd", "a number", out fault);
        if (!TryNumber(texts, "leverage", out var leverage)) return Bad(texts, "leverage", "a number", out fault);
        intent = new TradeIntent
        {
            Symbol = symbol,
            Side = side,
            Confidence = confidence.Value,
            PositionSizeUsd = ToDecimal(size),
            Leverage = leverage is { } l ? (int)Math.Round(l) : null,
            AtrValue = Optional(texts, "atr_value"),
            VolatilityFactor = Optional(texts, "volatility_factor"),
            ExchangeDivergence = Optional(texts, "exchange_divergence"),
            FundingRate = Optional(texts, "funding_rate"),
            Regime = ReadRegime(Text(texts, "regime")),
            ReduceOnly = bool.TryParse(Text(texts, "reduce_only"), out var reduceOnly) ? reduceOnly : null,
            EntryPrice = ToDecimal(Optional(texts, "entry_price")),
            StopLoss = ToDecimal(Optional(texts, "stop_loss")),
            TakeProfit = ToDecimal(Optional(texts, "take_profit")),
            DeadlineMs = atMs + LifetimeMs,
            ModelName = Text(texts, "model"),
            Reason = Text(texts, "reason"),
        };
        fault = intent.Fault() is { } text ? new DecodeFault(DecodeFaultKind.OutOfRange, text) : DecodeFault.None;
        return fault.IsNone;
    }

    private static Envelope EnvelopeOf(Dictionary<string, string> texts, EntryId id, long? atMs)
    {
        var trace = Text(texts, "correlation_id") ?? Text(texts, "trace_id");
        var eventId = Encoding.UTF8.GetBytes("legacy-" + id);
        var isMode = EnumText<TradingMode>.TryParse(Encoding.UTF8.GetBytes(Text(texts, "mode") ?? ""), out var mode);
        return new Envelope
        {
            EventId = eventId,
            AtMs = atMs ?? id.Ms,
            Source = Encoding.UTF8.GetBytes(Text(texts, "source") ?? "legacy"),
            Mode = isMode ? mode : null,
            Version = 0,
            CorrelationId = trace is null ? eventId : Encoding.UTF8.GetBytes(trace),
        };
    }

    private static long? OldestTime(Dictionary<string, string> texts)
    {
        long? oldest = null;
        foreach (var name in (ReadOnlySpan<string>)["timestamp", "payload_timestamp", "ts"])
        {
            if (Text(texts, name) is not { } text) continue;
            if (!LegacyTime.TryParse(text, out var ms)) return null;
            oldest = Math.Min(oldest ?? ms, ms);
        }

        return oldest;
    }

    private static bool TryReadSide(Dictionary<string, string> texts, out Side side)
    {
        var text = (Text(texts, "side") ?? Text(texts, "action") ?? Text(texts, "direction") ?? "").ToUpperInvariant();
        side = text is "SELL" or "SHORT" ? Side.Sell : Side.Buy;
        return text is "BUY" or "SELL" or "LONG" or "SHORT";
    }

    private static Regime? ReadRegime(string? text)
    {
        if (text is null) return null;
        return EnumText<Regime>.TryParse(Encoding.UTF8.GetBytes(text), out var regime) ? regime : Regime.Unknown;
    }

    private static string? Text(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private static bool TryNumber(Dictionary<string, string> texts, string name, out double? value)
    {
        value = null;
        if (Text(texts, name) is not { } text) return true;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        value = number;
        return double.IsFinite(number);
    }

    private static double? Optional(Dictionary<string, string> texts, string name) =>
        TryNumber(texts, name, out var value) ? value : null;

    private static decimal? ToDecimal(double? value) => value is { } known ? (decimal)known : null;

    private static bool Bad(Dictionary<string, string> texts, string name, string expected, out DecodeFault fault)
    {
        fault = Text(texts, name) is { } text
            ? new DecodeFault(DecodeFaultKind.BadValue, $"field '{name}' is '{text}': expected {expected}.")
            : new DecodeFault(DecodeFaultKind.MissingField, $"field '{name}' is missing: expected {expected}.");
        return false;
    }
}
