using System.Globalization;

namespace Quantum.Console.Tests.Harness;

/// <summary>A Redis with one trade from its signal to its close, as the roles tell it.</summary>
internal sealed class ToldTrade(OwnRedis redis)
{
    /// <summary>The trade's id.</summary>
    public const string Id = "pos-1";

    /// <summary>The trace that every event of it is part of.</summary>
    public const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private const string Chain = "candle-1";
    private const string BotsGates =
        """
        [{"gate":"low_confidence","figure":"0.61","limit":"at least 0.55"},
        {"gate":"funding_extreme","figure":"0.00012 in 8 h","limit":"below 0.001 in 8 h"}]
        """;
    private const string RiskGates =
        """
        [{"gate":"market_stale","figure":"850 ms","limit":"at most 10000 ms"},
        {"gate":"venue_unseen","figure":"","limit":""},
        {"gate":"risk_per_trade","figure":"41.5 USD","limit":"at most 50 USD"}]
        """;
    private const string Shares =
        """
        [{"feature":"ret_60","deviations":1.5,"result_r":0.21},{"feature":"rsi_14","deviations":-0.4,"result_r":-0.06}]
        """;

    private long _atMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000;

    public void Fill()
    {
        redis.Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper", "shards", "1", "time", "real");
        Wish();
        Order("entry-1", "entry", "market", "BUY", RiskGates);
        Filled("entry-1", "BUY", "2.51");
        Add("execution.result", "executor", "r-1", Chain, "kind", "intent", "intent_id", "intent-1", "symbol",
            LiveSystem.Symbol, "side", "BUY", "outcome", "filled", "reason_code", "filled", "reduce_only", "false",
            "position_id", Id, "client_order_id", "entry-1", "filled_quantity", "160", "average_price", "2.51");
        Add("trade.intent", "exitbrain", "exit-1", Chain, "symbol", LiveSystem.Symbol, "side", "SELL", "reduce_only",
            "true", "quantity", "160", "reason", "take_profit_1", "position_id", Id, "stop_loss", "");
        Order("exit-o-1", "exit", "market", "SELL", "");
        Filled("exit-o-1", "SELL", "2.56");
        Add("execution.result", "executor", "r-2", Chain, "kind", "intent", "intent_id", "exit-1", "symbol",
            LiveSystem.Symbol, "side", "SELL", "outcome", "filled", "reason_code", "filled", "reduce_only", "true",
            "position_id", Id, "filled_quantity", "160", "average_price", "2.56");
        Add("trade.closed", "exitbrain", "closed-1", Chain, "trade_id", Id, "symbol", LiveSystem.Symbol, "side", "LONG",
            "entry_price", "2.51", "exit_price", "2.56", "quantity", "160", "fees_usd", "0.4", "funding_usd", "0",
            "pnl_usd", "7.6", "r_multiple", "0.18", "duration_ms", "60000", "reason", "take_profit_1");
    }

    /// <summary>An intent that the executor denies.</summary>
    public void FillDenied()
    {
        Add("trade.intent", "trading_bot", "intent-2", "candle-2", "symbol", LiveSystem.Symbol, "side", "BUY", "reason",
            "signal", "reduce_only", "false");
        Add("execution.result", "executor", "r-3", "candle-2", "kind", "intent", "intent_id", "intent-2", "symbol",
            LiveSystem.Symbol, "outcome", "denied", "reason_code", "market_stale", "reason",
            "the last price is 12000 ms old, 10000 ms is the limit", "reduce_only", "false");
    }

    /// <summary>
    /// A trade of another symbol, made upon the answer to this one's size: none of it is this trade's.
    /// </summary>
    public void FillNext()
    {
        const string caused = "sized-1";
        Add("sizing.requested", "trading_bot", "ask-9", caused, "symbol", "BTCUSDT", "signal_id", "signal-9");
        Add("trade.intent", "trading_bot", "intent-9", caused, "symbol", "BTCUSDT", "side", "SELL", "reduce_only",
            "false", "signal_id", "signal-9", "reason", "signal");
        Add("order.command", "executor", "c-entry-9", "intent-9", "action", "place", "client_order_id", "entry-9",
            "intent_id", "intent-9", "symbol", "BTCUSDT", "side", "SELL", "type", "market", "purpose", "entry",
            "quantity", "0.018", "gates", RiskGates);
        Add("portfolio.snapshot_updated", "portfolio", "snapshot-1", "r-1", "total_equity_usd", "10007.6");
    }

    private void Wish()
    {
        Add("ai.signal_generated", "ai_engine", "signal-1", Chain, "symbol", LiveSystem.Symbol, "side", "BUY",
            "confidence", "0.61", "price", "2.5", "model_name", "outcome-linear", "model_version", "202512010100-a1",
            "model_in_force", "true", "stop_fraction", "0.02", "round_trip_cost_fraction", "0.001", "expected_r", "0.1",
            "expected_r_error", "0.04", "contributions", Shares);
        Add("sizing.requested", "trading_bot", "ask-1", Chain, "symbol", LiveSystem.Symbol, "signal_id", "signal-1",
            "equity_usd", "10000", "free_margin_usd", "9800", "gross_exposure_fraction", "0.1",
            "max_position_size_usd", "5000", "max_leverage", "5", "risk_per_trade_fraction", "0.01", "stop_fraction",
            "0.02", "exploration", "false", "gates", BotsGates);
        Add("sizing.decided", "trading_bot", "sized-1", Chain, "symbol", LiveSystem.Symbol, "request_id", "ask-1",
            "status", "decided", "position_size_usd", "400", "leverage", "2", "risk_fraction", "0.0008", "policy_name",
            "q-table", "policy_version", "7", "state_key", "bull|low", "size_fraction", "0.08", "reasoning",
            "the policy's best action");
        Add("trade.intent", "trading_bot", "intent-1", Chain, "symbol", LiveSystem.Symbol, "side", "BUY", "confidence",
            "0.61", "position_size_usd", "400", "leverage", "2", "atr_value", "0.011", "volatility_factor",
            "0.5512345", "exchange_divergence", "0.0004", "funding_rate", "0.00012", "regime", "bull", "reduce_only",
            "false", "signal_id", "signal-1", "policy_version", "3", "reason", "signal", "stop_loss", "2.45");
    }

    private void Order(string id, string purpose, string type, string side, string gates) => Add(
        "order.command", "executor", "c-" + id, Chain, "action", "place", "client_order_id", id, "intent_id",
        purpose == "entry" ? "intent-1" : "exit-1", "symbol", LiveSystem.Symbol, "side", side, "type", type, "purpose",
        purpose, "quantity", "160", "price", "", "trigger_price", "", "reference_price", "2.51", "gates", gates);

    private void Filled(string id, string side, string price)
    {
        Add("order.update", "sim_venue", $"u-{id}-1", Chain, "client_order_id", id, "symbol", LiveSystem.Symbol,
            "status", "accepted", "last_fill_quantity", "0", "fee_usd", "0");
        Add("order.update", "sim_venue", $"u-{id}-2", Chain, "client_order_id", id, "symbol", LiveSystem.Symbol, "side",
            side, "status", "filled", "last_fill_quantity", "160", "last_fill_price", price, "fee_usd", "0.2");
    }

    private void Add(string stream, string source, string id, string chain, params string[] fields)
    {
        var at = (_atMs += 100).ToString(CultureInfo.InvariantCulture);
        redis.Call(["XADD", "quantum:stream:" + stream, at + "-0", "event_id", id, "ts", at, "source", source, "mode",
            "paper", "v", "1", "correlation_id", chain, "causation_id", chain, "traceparent",
            $"00-{TraceId}-00f067aa0ba902b7-01", .. fields]);
    }
}
