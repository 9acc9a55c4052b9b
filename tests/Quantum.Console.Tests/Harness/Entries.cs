using System.Globalization;

namespace Quantum.Console.Tests.Harness;

/// <summary>Entries as the roles write them.</summary>
internal static class Entries
{
    private const decimal Entry = 2.5m;
    private const decimal Quantity = 40;
    private const decimal Fees = 0.1m;

    /// <summary>The command that appends a closed trade whose exit fits what it made.</summary>
    public static string[] Trade(string id, long atMs, string pnl, string r)
    {
        var (at, opened) = (Text(atMs), Text(atMs - 60_000));
        var made = decimal.Parse(pnl, CultureInfo.InvariantCulture);
        var exit = Entry + (made + Fees) / Quantity;
        return
        [
            "XADD", "quantum:stream:trade.closed", "*", .. Envelope(id, at, "exitbrain"), "trade_id", id, "symbol",
            LiveSystem.Symbol, "side", "LONG", "entry_price", Text(Entry), "exit_price", Text(exit),
            "quantity", Text(Quantity), "notional_usd", Text(Entry * Quantity), "leverage", "1", "fees_usd", Text(Fees),
            "funding_usd", "0", "pnl_usd", pnl, "r_multiple", r, "opened_at_ms", opened, "closed_at_ms", at,
            "duration_ms", "60000", "reason", made < 0 ? "stop_loss" : "take_profit_1",
            "confidence", "0.6", "regime", "range", "intent_id", id + "-i", "signal_id", id + "-s", "model", "m",
            "model_version", "1", "policy_version", "1", "exploration", "false",
        ];
    }

    /// <summary>The command that appends a word of the portfolio.</summary>
    public static string[] Account(long atMs, string equity) =>
    [
        "XADD", "quantum:stream:portfolio.snapshot_updated", "*",
        .. Envelope("p-" + Text(atMs), Text(atMs), "portfolio"),
        "total_equity_usd", equity, "cash_balance_usd", equity, "total_exposure_usd", "0", "margin_used_usd", "0",
        "free_margin_usd", equity, "unrealized_pnl_usd", "0", "realized_pnl_today_usd", "0", "fees_usd", "0",
        "funding_usd", "0", "drawdown_fraction", "0", "daily_drawdown_fraction", "0", "num_positions", "0",
        "stale_marks", "0", "adjustments_today", "0",
    ];

    private static string[] Envelope(string id, string at, string source) =>
    [
        "event_id", id, "ts", at, "source", source, "mode", "paper", "v", "1", "correlation_id", id, "causation_id", id,
        "traceparent", "",
    ];

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
