namespace Quantum.Contracts.Wire;

/// <summary>
/// Reads the forms of <c>trade.intent</c> that the audited system wrote: JSON under <c>payload</c> with an envelope
/// (with or without <c>trace_id</c>), JSON under <c>data</c>, and bare flat fields. Symbol and side are never
/// defaulted; a time that cannot be read leaves the deadline unknown, and such an intent is never executed.
/// </summary>
public static class LegacyTradeIntent
{
    /// <summary>How long a legacy intent stays executable, ms: the catalog's freshness limit of the stream.</summary>
    public const long LifetimeMs = 30_000;

    public static bool TryRead(
        in EntryFields fields, EntryId id, out Envelope envelope, out TradeIntent decoded, out DecodeFault fault)
    {
        envelope = default;
        decoded = default;
        fault = DecodeFault.None;
        // Either field is ours alone: a broken entry of ours must not pass for an old one.
        if (fields.TryGet("event_id"u8, 0, out _) || fields.TryGet("v"u8, 4, out _)) return false;
        var old = new LegacyFields(in fields);
        var atMs = old.OldestTime("timestamp", "payload_timestamp", "ts");
        var intent = Build(old, atMs);
        fault = old.Fault;
        if (fault.IsNone && intent.Fault() is { } text) fault = new DecodeFault(DecodeFaultKind.OutOfRange, text);
        if (!fault.IsNone) return true;
        decoded = intent;
        envelope = EnvelopeOf(old, id, atMs);
        return true;
    }

    private static TradeIntent Build(LegacyFields old, long? atMs)
    {
        if (!Symbol.TryParse(old.Text("symbol"), out var symbol)) old.Refuse("symbol", "a symbol such as BTCUSDT");
        var confidence = old.Number("confidence");
        if (confidence is null) old.Refuse("confidence", "a number from 0 to 1");
        return new TradeIntent
        {
            Symbol = symbol,
            Side = ReadSide(old),
            Confidence = confidence ?? 0,
            PositionSizeUsd = old.Money("position_size_usd"),
            Leverage = old.Whole("leverage"),
            Ilf = new IlfContext
            {
                AtrValue = old.Number("atr_value"),
                VolatilityFactor = old.Number("volatility_factor"),
                ExchangeDivergence = old.Number("exchange_divergence"),
                FundingRate = old.Number("funding_rate"),
                Regime = ReadRegime(old.Text("regime")),
            },
            ReduceOnly = old.Flag("reduce_only"),
            EntryPrice = old.Money("entry_price"),
            StopLoss = old.Money("stop_loss"),
            TakeProfit = old.Money("take_profit"),
            DeadlineMs = atMs + LifetimeMs,
            ModelName = old.Text("model"),
            Reason = old.Text("reason"),
        };
    }

    private static Side ReadSide(LegacyFields old)
    {
        var name = old.Text("side") is not null ? "side" : old.Text("action") is not null ? "action" : "direction";
        switch (old.Text(name)?.ToUpperInvariant())
        {
            case "BUY" or "LONG": return Side.Buy;
            case "SELL" or "SHORT": return Side.Sell;
            default:
                old.Refuse(old.Text(name) is null ? "side" : name, "BUY or SELL");
                return default;
        }
    }

    // The old system had five regime vocabularies: a name of another one says nothing we know.
    private static Regime? ReadRegime(string? text)
    {
        if (text is null) return null;
        return EnumText<Regime>.TryParse(Encoding.UTF8.GetBytes(text), out var regime) ? regime : Regime.Unknown;
    }

    private static Envelope EnvelopeOf(LegacyFields old, EntryId id, long? atMs)
    {
        var trace = old.Text("correlation_id") ?? old.Text("trace_id");
        var eventId = Encoding.UTF8.GetBytes("legacy-" + id);
        var isMode = EnumText<TradingMode>.TryParse(Encoding.UTF8.GetBytes(old.Text("mode") ?? ""), out var mode);
        return new Envelope
        {
            EventId = eventId,
            AtMs = atMs ?? id.Ms,
            Source = Encoding.UTF8.GetBytes(old.Text("source") ?? "legacy"),
            Mode = isMode ? mode : null,
            Version = 0,
            CorrelationId = trace is null ? eventId : Encoding.UTF8.GetBytes(trace),
        };
    }
}
