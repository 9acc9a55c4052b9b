using System.Globalization;
using Quantum.Contracts.Events;
using Quantum.Contracts.Reasons;
using Quantum.Contracts.Wire;

namespace Quantum.Console;

/// <summary>The status as one HTML page that a trader reads without any tool.</summary>
internal static class StatusPage
{
    private const string Style =
        """
        <style>
        body { background: #11151a; color: #d7dde4; font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; }
        h1 { font-size: 1.3rem; margin: 0 0 .5rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; color: #9ecbff; }
        table { border-collapse: collapse; } th { text-align: left; color: #93a1b0; font-weight: 600; }
        th, td { padding: .15rem .9rem .15rem 0; border-bottom: 1px solid #232b34; vertical-align: top; }
        .n { text-align: right; font-variant-numeric: tabular-nums; } .ok { color: #6fdc8c; } .bad { color: #ff8389; }
        code { background: #1c232b; padding: .1rem .35rem; border-radius: 3px; } .dim { color: #93a1b0; }
        </style>
        """;

    /// <summary>The page of a system whose Redis does not answer.</summary>
    public static string Away(string fault) => Begin("Redis is away")
        .Add($"<h1 class=\"bad\">Quantum: Redis is away</h1><p>{fault}</p>")
        .Add($"<p>Nothing can be traded or shown until it answers. This page asks again every 2 s.</p></body></html>")
        .ToString();

    /// <summary>The page of a system that answers.</summary>
    public static string Of(SystemStatus status, ControlAddress control)
    {
        var page = Begin("Quantum");
        Head(page, status);
        Obstacles(page, status);
        Stop(page, status, control);
        Policy(page, status);
        Holdings(page, status);
        Signals(page, status);
        Trades(page, status);
        Seats(page, status);
        Streams(page, status);
        Reasons(page, status);
        return page.Add($"</body></html>").ToString();
    }

    private static Markup Begin(string title) => new Markup()
        .Add($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>")
        .Add($"<meta http-equiv=\"refresh\" content=\"2\">")
        .Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .AddConstant(Style).Add($"</head><body>");

    private static void Head(Markup page, SystemStatus status)
    {
        var held = status.Seats.Count(seat => seat.Held);
        var alive = held == status.Seats.Count;
        var verdict = alive ? "is alive" : "is not whole";
        page.Add($"<h1>Quantum <span class=\"{Tone(alive)}\">{verdict}</span></h1>");
        page.Add($"<p>Mode <b>{status.Mode}</b>, {MarketOf(status)}{(status.FeedDone ? ", over" : "")};")
            .Add($"{held} of {status.Seats.Count} roles run. ")
            .Add($"<span class=\"dim\">Redis time {Time(status.NowMs)}</span></p>");
    }

    private static string MarketOf(SystemStatus status)
    {
        if (!status.Tape) return "a market in real time";
        return status.FeedPositionMs is { } ms ? $"a recording, now at {Time(ms)}" : "a recording, not begun";
    }

    private static void Obstacles(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Why does it not trade?</h2>");
        if (status.Obstacles.Count == 0)
        {
            page.Add($"<p class=\"ok\">Nothing blocks entries. What single signals met is under Reasons.</p>");
            return;
        }

        page.Add($"<ul>");
        foreach (var obstacle in status.Obstacles) page.Add($"<li class=\"bad\">{obstacle}</li>");
        page.Add($"</ul>");
    }

    private static void Stop(Markup page, SystemStatus status, ControlAddress control)
    {
        var isOn = status.Policy?["kill_switch"] == "true";
        var (verb, path, what) = isOn ? ("off", "release", "Allow entries again") : ("on", "kill", "Stop all entries");
        page.Add($"<h2>How to stop it</h2><p>{what} (exits stay possible): <code>./quantum kill {verb}</code>, or</p>")
            .Add($"<p><code>curl -X POST {control.Url}/control/{path} -H 'Content-Type: application/json' ")
            .Add($"-d '{{\"reason\":\"why\",\"by\":\"your name\"}}'</code></p>");
    }

    private static void Policy(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Policy</h2>");
        if (status.Policy is not { } policy)
        {
            page.Add($"<p class=\"bad\">None was published yet.</p>");
            return;
        }

        var isOn = policy["kill_switch"] == "true";
        page.Add($"<p>Mode <b>{policy["risk_mode"]}</b>, kill switch ")
            .Add($"<b class=\"{Tone(!isOn)}\">{(isOn ? "ON" : "off")}</b>, version {policy["policy_version"]}; ")
            .Add($"because {policy["reason_code"]}: {policy["reason"]}, by {policy["updated_by"]}. ")
            .Add($"At most leverage {policy["max_leverage"]}, {policy["max_positions"]} positions, ")
            .Add($"gross {policy["max_gross_exposure_fraction"]} and per symbol ")
            .Add($"{policy["max_symbol_exposure_fraction"]} of equity; risk per trade ")
            .Add($"{policy["risk_per_trade_fraction"]}, daily loss limit ")
            .Add($"{policy["daily_loss_limit_fraction"]}, confidence from {policy["min_confidence"]}.</p>");
    }

    private static void Holdings(Markup page, SystemStatus status)
    {
        page.Add($"<h2>What it holds</h2>");
        if (status.Snapshot is { } account)
            page.Add($"<p>Equity <b>{account["total_equity_usd"]}</b> USD, cash {account["cash_balance_usd"]}, ")
                .Add($"margin used {account["margin_used_usd"]}, free {account["free_margin_usd"]}, unrealised ")
                .Add($"{account["unrealized_pnl_usd"]}, realised today {account["realized_pnl_today_usd"]}, drawdown ")
                .Add($"{account["drawdown_fraction"]} (today {account["daily_drawdown_fraction"]}), positions ")
                .Add($"{account["num_positions"]}. <span class=\"dim\">{Age(account.AgeMs)} old</span></p>");
        else page.Add($"<p>No account was told yet.</p>");
        if (status.Exposure is not { } exposure) return;
        var held = Positions(exposure);
        if (held.Length == 0)
        {
            page.Add($"<p>No open position.</p>");
            return;
        }

        Table(page, "Symbol", "Notional, USD", "Quantity", "Entry price");
        foreach (var position in held)
            page.Add($"<tr><td>{position.Symbol.Name}</td><td class=\"n\">{position.NotionalUsd}</td>")
                .Add($"<td class=\"n\">{position.Quantity}</td><td class=\"n\">{position.EntryPrice}</td></tr>");
        page.Add($"</table>");
    }

    private static SymbolExposure[] Positions(EntryStatus exposure) =>
        WireJson.TryParse<SymbolExposure[]>(exposure["exposure_by_symbol"], out var held) ? held : [];

    private static void Signals(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Last signals</h2>");
        if (status.Signals.Count == 0)
        {
            page.Add($"<p>None yet.</p>");
            return;
        }

        Table(page, "Candle", "Symbol", "Side", "Expected after costs, R", "Its error, R", "Cost", "Stop", "Model");
        foreach (var signal in status.Signals)
            page.Add($"<tr><td>{Time(signal["candle_close_time_ms"])}</td><td>{signal["symbol"]}</td>")
                .Add($"<td>{signal["side"]}</td><td class=\"n\">{Rounded(signal["expected_r"])}</td>")
                .Add($"<td class=\"n\">{Rounded(signal["expected_r_error"])}</td>")
                .Add($"<td class=\"n\">{Rounded(signal["round_trip_cost_fraction"])}</td>")
                .Add($"<td class=\"n\">{Rounded(signal["stop_fraction"])}</td>")
                .Add($"<td>{(signal["model_in_force"] == "true" ? "in force" : "not in force")}</td></tr>");
        page.Add($"</table>");
    }

    private static string Rounded(string number) =>
        double.TryParse(number, CultureInfo.InvariantCulture, out var known)
            ? known.ToString("0.0000", CultureInfo.InvariantCulture) : number;

    private static void Trades(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Last trades</h2>");
        if (status.Trades.Count == 0)
        {
            page.Add($"<p>None was closed yet.</p>");
            return;
        }

        Table(page, "Closed", "Symbol", "Side", "Quantity", "Entry", "Exit", "PnL, USD", "R", "Why");
        foreach (var trade in status.Trades)
            page.Add($"<tr><td>{Time(trade["closed_at_ms"])}</td><td>{trade["symbol"]}</td><td>{trade["side"]}</td>")
                .Add($"<td class=\"n\">{trade["quantity"]}</td><td class=\"n\">{trade["entry_price"]}</td>")
                .Add($"<td class=\"n\">{trade["exit_price"]}</td><td class=\"n\">{trade["pnl_usd"]}</td>")
                .Add($"<td class=\"n\">{trade["r_multiple"]}</td><td>{trade["reason"]}")
                .Add($"{(trade["exploration"] == "true" ? ", made to learn" : "")}</td></tr>");
        page.Add($"</table>");
    }

    private static void Seats(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Who runs</h2>");
        Table(page, "Service", "Role", "State", "Holder");
        foreach (var seat in status.Seats)
        {
            var state = seat.Held ? "runs" : seat.LeftMs is { } left ? $"gone for {Age(-left)}" : "never ran";
            page.Add($"<tr><td>{seat.Service}</td><td>{seat.Seat}</td>")
                .Add($"<td class=\"{Tone(seat.Held)}\">{state}</td><td>{seat.Owner}</td></tr>");
        }

        page.Add($"</table>");
    }

    private static void Streams(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Streams</h2>");
        Table(page, "Stream", "Entries ever", "Kept", "Newest", "Dead letters", "Readers: pending, behind");
        foreach (var stream in status.Streams)
        {
            page.Add($"<tr><td>{stream.Name}</td><td class=\"n\">{stream.EntriesAdded}</td>")
                .Add($"<td class=\"n\">{stream.Length}</td>")
                .Add($"<td class=\"n\">{(stream.AgeMs is { } ms ? Age(ms) : "none")}</td>")
                .Add($"<td class=\"n {(stream.DeadLetters > 0 ? "bad" : "")}\">{stream.DeadLetters}</td><td>");
            foreach (var group in stream.Groups)
            {
                var isLate = !group.Exists || group.BehindMs > group.LagObjectiveMs;
                var text = group.Exists ? $"{group.Pending}, {Age(group.BehindMs ?? 0)}" : "no group";
                page.Add($"<span class=\"{(isLate ? "bad" : "")}\">{group.Role}: {text}</span><br>");
            }

            page.Add($"</td></tr>");
        }

        page.Add($"</table>");
    }

    private static void Reasons(Markup page, SystemStatus status)
    {
        page.Add($"<h2>Reasons</h2>");
        if (status.Reasons.Count + status.Counts.Count == 0)
        {
            page.Add($"<p>No role has put anything aside.</p>");
            return;
        }

        Table(page, "Role", "What", "Last", "Why");
        foreach (var reason in status.Reasons)
            page.Add($"<tr><td>{reason.Seat}</td><td>{reason.What}</td><td>{Time(reason.AtMs)}</td>")
                .Add($"<td>{reason.Reason}: {ReasonCatalog.MeaningOf(reason.Reason)}</td></tr>");
        page.Add($"</table>");
        Table(page, "Role", "What", "Times");
        foreach (var count in status.Counts)
            page.Add($"<tr><td>{count.Seat}</td><td>{count.What}</td><td class=\"n\">{count.Times}</td></tr>");
        page.Add($"</table>");
    }

    private static void Table(Markup page, params string[] columns)
    {
        page.Add($"<table><tr>");
        foreach (var column in columns) page.Add($"<th>{column}</th>");
        page.Add($"</tr>");
    }

    private static string Tone(bool isGood) => isGood ? "ok" : "bad";

    private static string Time(string ms) =>
        long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? Time(known) : ms;

    private static string Time(long ms) =>
        ms is < 0 or > 253_402_300_799_999
            ? ms.ToString(CultureInfo.InvariantCulture)
            : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Age(long ms) => ms switch
    {
        < 10_000 => FormattableString.Invariant($"{Math.Max(ms, 0)} ms"),
        < 600_000 => FormattableString.Invariant($"{ms / 1000} s"),
        < 36_000_000 => FormattableString.Invariant($"{ms / 60_000} min"),
        _ => FormattableString.Invariant($"{ms / 3_600_000} h"),
    };
}
