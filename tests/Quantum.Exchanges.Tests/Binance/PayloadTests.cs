using System.Text.Json;
using Quantum.Contracts.Events;
using Quantum.Testing;

namespace Quantum.Exchanges.Tests.Binance;

/// <summary>
/// Recorded and documented frames of the account's stream, which lie beside the repository where there are any: each
/// becomes what stands here, none ends the stream.
/// </summary>
public sealed class PayloadTests
{
    private const string None = "none";

    /// <summary>Holds null where the library wants a number: it drops the frame and says so only in its log.</summary>
    private const string NotRead = "?event ORDER_TRADE_UPDATE";

    /// <summary>
    /// File, and what is told: for updates their kind and state, for the rest the name under which it is shown.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_expected = new(StringComparer.Ordinal)
    {
        ["rec_account_deposit.json"] = [None],
        ["rec_account_funding_fee.json"] = ["?funding"],
        ["rec_account_hedge_three_rows.json"] = ["Position 0"],
        ["rec_account_short_opened.json"] = ["?hedge_position"],
        ["rec_algo_update_new.json"] = ["Order Accepted"],
        ["rec_config_leverage.json"] = [None],
        ["rec_listen_key_expired.json"] = ["expired"],
        ["rec_order_amended.json"] = ["Order Accepted"],
        ["rec_order_canceled.json"] = ["Order Canceled"],
        ["rec_order_gtx_canceled.json"] = ["Order Canceled"],
        ["rec_order_gtx_new.json"] = ["Order Accepted"],
        ["rec_order_hedge_long_new.json"] = ["Order Accepted"],
        ["rec_order_ioc_expired.json"] = ["Order Expired"],
        ["rec_order_new_combined.json"] = ["Order Accepted"],
        ["rec_order_new_limit.json"] = ["Order Accepted"],
        ["rec_trade_lite_gtx_fill.json"] = [None],
        ["rec_trade_lite_market.json"] = [None],
        ["seq_close_in_three_fills.jsonl"] =
        [
            "Order Accepted", "Position 64", "Fill PartiallyFilled", "Position 46", "Fill PartiallyFilled",
            "Position 0", "Fill Filled",
        ],
        ["seq_liquidation_isolated_short.jsonl"] = ["Liquidation Filled"],
        ["seq_maker_fill.jsonl"] = ["Position 0.02", "Fill Filled"],
        ["seq_price_match_opponent_open.jsonl"] = ["Order Accepted", "Position 0.002", "Fill Filled"],
        ["seq_stop_market_triggers_2021.jsonl"] =
        [
            "Order Accepted", "Position -150", "Fill Filled", "Order Accepted", "Order Accepted", "Order Expired",
            "Order Accepted", "Position 0", "Fill Filled", "Order Expired",
        ],
        ["user_account_update_bnfcr.json"] = [None],
        ["user_account_update_doc.json"] = ["Position 0", "?hedge_position", "?hedge_position"],
        ["user_algo_update_canceled_doc.json"] = ["Order Canceled"],
        ["user_algo_update_finished.json"] = ["Order Filled"],
        ["user_algo_update_triggering.json"] = ["Order Accepted"],
        ["user_conditional_trigger_reject.json"] = ["?conditional_trigger_reject"],
        ["user_config_multi_assets.json"] = ["!VENUE_SETTINGS "],
        ["user_grid_update.json"] = ["?grid_update"],
        ["user_margin_call_doc.json"] = ["!MARGIN_CALL ETHUSDT"],
        ["user_order_adl.json"] = ["Liquidation Filled"],
        ["user_order_adl_new.json"] = [NotRead],
        ["user_order_liquidation_calculated.json"] = ["Liquidation Filled"],
        ["user_order_liquidation_nulls.json"] = [NotRead],
        ["user_order_new_doc.json"] = ["Order Accepted"],
        ["user_order_partial_doc.json"] = ["Fill PartiallyFilled"],
        ["user_order_price_match.json"] = [NotRead],
        ["user_order_reduce_only_qty.json"] = [NotRead],
        ["user_order_settlement.json"] = ["Liquidation Filled"],
        ["user_order_trailing_new_doc.json"] = ["Order Accepted"],
        ["user_strategy_update.json"] = ["?strategy_update"],
        ["user_trade_lite_doc.json"] = [None],
    };

    public static TheoryData<string> Files => new(s_expected.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_frame_of_an_account_has_its_row()
    {
        if (Folder() is not { } folder) return;
        string[] files = [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith("market_", StringComparison.Ordinal)
                && !name.StartsWith("wsapi_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(files, s_expected.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_frame_becomes_what_it_says(string file)
    {
        if (Folder() is not { } folder) return;
        await using var run = await VenueRun.StartAsync();
        run.Listen();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(folder, file)))
            if (line.Length > 0) await run.Stub.TellUserAsync(Unwrapped(line));
        var expected = s_expected[file];
        if (expected is ["expired"])
        {
            Eventually.True(() => run.Heard.Connected.Contains("listen_key_expired"));
            return;
        }

        // Behind it comes one that is known: all before is told by then, but for what is asked for.
        await run.Stub.TellUserAsync(UserFrames.Order("q1last", "NEW", "NEW"));
        var isAsked = expected is ["?funding"];
        Eventually.True(() => run.Heard.Updates.Any(update => update.ClientOrderId == "q1last")
            && (!isAsked || !run.Heard.Unreadable.IsEmpty));
        string[] told =
        [
            .. run.Heard.Updates.Where(update => update.ClientOrderId != "q1last").Select(Words),
            .. run.Heard.Unreadable.Select(seen => $"?{seen.What}"),
            .. run.Heard.Notices.Select(notice => $"!{notice.Code} {notice.About}"),
        ];
        Assert.Equal(expected is [None] ? [] : expected, told);
        Assert.All(run.Heard.Updates, update => Assert.Null(update.Fault()));
        Assert.Equal(["start"], run.Heard.Connected);
    }

    private static string Words(OrderUpdate update) => update.PositionQuantity is { } quantity
        ? FormattableString.Invariant($"{update.Kind} {quantity}")
        : $"{update.Kind} {update.Status}";

    // Some were recorded with their envelope.
    private static string Unwrapped(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("data", out var data) ? data.GetRawText() : line;
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "data", "binance", "payloads", "ws");
            if (Directory.Exists(path)) return path;
        }

        return null;
    }
}
