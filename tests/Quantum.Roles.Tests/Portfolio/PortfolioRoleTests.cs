using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Portfolio;

namespace Quantum.Roles.Tests.Portfolio;

/// <summary>The account by fills and marks, when it speaks, and what midnight and a restart change.</summary>
public sealed class PortfolioRoleTests
{
    private const long Start = 1_764_800_000_000; // 2025-12-03 22:13:20 UTC
    private const long Midnight = 1_764_806_400_000;

    private readonly RoleBench _bench = new(() => new PortfolioRole());

    [Fact]
    public void The_first_input_brings_the_first_snapshot()
    {
        var outbox = _bench.Clock(Start);

        var snapshot = Assert.Single(outbox.Of(StreamCatalog.PortfolioSnapshot));
        Assert.Equal(10_000m, snapshot.TotalEquityUsd);
        Assert.Equal(10_000m, snapshot.FreeMarginUsd);
        Assert.Equal(0, snapshot.NumPositions);
        Assert.Null(Assert.Single(outbox.Of(StreamCatalog.PortfolioExposure)).ConcentrationFraction);
    }

    [Fact]
    public void A_fill_publishes_at_once()
    {
        _bench.Clock(Start);

        var outbox = Fill(Start + 10, Results.Fill(Side.Buy, 0.1m, 50_000m, fee: 2m));

        var snapshot = Assert.Single(outbox.Of(StreamCatalog.PortfolioSnapshot));
        Assert.Equal(9_998m, snapshot.CashBalanceUsd);
        Assert.Equal(9_998m, snapshot.TotalEquityUsd);
        Assert.Equal(500m, snapshot.MarginUsedUsd);
        Assert.Equal(9_498m, snapshot.FreeMarginUsd);
        Assert.Equal(-2m, snapshot.RealizedPnlTodayUsd);
        Assert.Equal(2m, snapshot.FeesUsd);
        Assert.Equal(1, snapshot.NumPositions);
        Assert.Equal(0.0002, snapshot.DrawdownFraction, 12);
        var exposure = Assert.Single(outbox.Of(StreamCatalog.PortfolioExposure));
        Assert.Equal(5_000m, exposure.LongExposureUsd);
        Assert.Equal(1d, exposure.ConcentrationFraction);
    }

    [Theory]
    [InlineData("p1")]
    [InlineData("p0")]
    public void A_fee_without_a_fill_is_booked_also_when_its_position_is_gone(string position)
    {
        Fill(Start, Results.Fill(Side.Buy, 0.1m, 50_000m));

        var outbox = Fill(
            Start + 10,
            Results.Fill(Side.Buy, 0m, 1m, fee: 3m, kind: ResultKind.LateFill, positionId: position) with
            {
                AveragePrice = null,
            });

        var snapshot = Assert.Single(outbox.Of(StreamCatalog.PortfolioSnapshot));
        Assert.Equal((9_997m, 3m, 1), (snapshot.CashBalanceUsd, snapshot.FeesUsd, snapshot.NumPositions));
    }

    [Fact]
    public void Long_and_short_exposure_and_concentration_are_at_mark()
    {
        Fill(Start, Results.Fill(Side.Buy, 0.1m, 50_000m));
        Fill(Start, Results.Fill(Side.Sell, 1m, 3_000m, symbol: Results.Eth, positionId: "p2"));
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(60_000m), Start + 500);

        var outbox = _bench.Clock(Start + 2_000);

        var exposure = Assert.Single(outbox.Of(StreamCatalog.PortfolioExposure));
        Assert.Equal(6_000m, exposure.LongExposureUsd);
        Assert.Equal(3_000m, exposure.ShortExposureUsd);
        Assert.Equal(9_000m, exposure.TotalExposureUsd);
        Assert.Equal(3_000m, exposure.NetExposureUsd);
        Assert.Equal(2d / 3d, exposure.ConcentrationFraction!.Value, 12);
        Assert.Equal(
            [new(Results.Btc, 6_000m, 0.1m, 50_000m), new(Results.Eth, -3_000m, -1m, 3_000m)],
            exposure.ExposureBySymbol);
        Assert.Equal(1_000m, Assert.Single(outbox.Of(StreamCatalog.PortfolioSnapshot)).UnrealizedPnlUsd);
    }

    [Fact]
    public void The_mark_price_counts_where_the_feed_has_one()
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m));
        _bench.Send(
            StreamCatalog.MarketData, new MarketData { Symbol = Results.Btc, LastPrice = 120m, MarkPrice = 110m },
            Start + 1);

        Assert.Equal(10m, Snapshot(_bench.Clock(Start + 1_500)).UnrealizedPnlUsd);
    }

    [Fact]
    public void An_older_price_does_not_replace_a_newer_one()
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m));
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(120m), Start + 900);
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(80m), Start + 400);

        Assert.Equal(20m, Snapshot(_bench.Clock(Start + 1_500)).UnrealizedPnlUsd);
    }

    [Theory]
    [InlineData(999, false, 0)]
    [InlineData(1_000, true, 1)]
    [InlineData(14_999, false, 0)]
    [InlineData(15_000, false, 1)]
    public void The_clock_publishes_what_moved_and_a_heartbeat(long afterMs, bool moved, int snapshots)
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m));
        if (moved || afterMs == 999) _bench.Send(StreamCatalog.MarketTick, Results.Tick(101m), Start + 1);

        var outbox = _bench.Clock(Start + afterMs);

        Assert.Equal(snapshots, outbox.Of(StreamCatalog.PortfolioSnapshot).Count);
        Assert.Equal(snapshots, outbox.Of(StreamCatalog.PortfolioExposure).Count);
    }

    [Fact]
    public void A_symbol_that_is_not_held_leaves_no_mark()
    {
        _bench.Clock(Start);
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(101m), Start + 1);

        Assert.Equal(0, _bench.Clock(Start + 5_000).Total);
    }

    [Theory]
    [InlineData(90_000, 0)]
    [InlineData(90_001, 1)]
    public void An_old_mark_is_counted_as_stale(long ageMs, int stale)
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m));

        Assert.Equal(stale, Snapshot(_bench.Clock(Start + ageMs)).StaleMarks);
    }

    [Fact]
    public void Drawdown_counts_from_the_peak_and_the_day_from_midnight()
    {
        Fill(Start, Results.Fill(Side.Buy, 10m, 100m));
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(200m), Start + 1);
        Assert.Equal(11_000m, Snapshot(_bench.Clock(Start + 2_000)).TotalEquityUsd);
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(150m), Midnight - 1);

        _bench.Send(StreamCatalog.MarketTick, Results.Tick(45m), Midnight + 1);
        var snapshot = Snapshot(_bench.Clock(Midnight + 2_000));

        Assert.Equal(9_450m, snapshot.TotalEquityUsd);
        Assert.Equal(1_550d / 11_000d, snapshot.DrawdownFraction, 12);
        Assert.Equal(1_050d / 10_500d, snapshot.DailyDrawdownFraction, 12);
    }

    [Fact]
    public void Midnight_clears_what_was_realised_today_but_no_total()
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m, fee: 1m));
        Fill(Start + 1, Results.Fill(Side.Sell, 1m, 150m, fee: 1m));
        Fill(Start + 2, Results.Funding(-3m));
        Fill(Start + 3, Results.Adjustment(1m, 100m));
        Assert.Equal(45m, Snapshot(_bench.Clock(Start + 20_000)).RealizedPnlTodayUsd);

        var snapshot = Snapshot(_bench.Clock(Midnight));

        Assert.Equal(0m, snapshot.RealizedPnlTodayUsd);
        Assert.Equal(0, snapshot.AdjustmentsToday);
        Assert.Equal(10_045m, snapshot.CashBalanceUsd);
        Assert.Equal(2m, snapshot.FeesUsd);
        Assert.Equal(-3m, snapshot.FundingUsd);
    }

    [Theory]
    [InlineData(ResultKind.Stop)]
    [InlineData(ResultKind.Liquidation)]
    public void A_fill_that_no_intent_asked_for_counts_too(ResultKind kind)
    {
        Fill(Start, Results.Fill(Side.Sell, 2m, 100m));

        var snapshot = Snapshot(Fill(Start + 1, Results.Fill(Side.Buy, 2m, 110m, fee: 0.5m, kind: kind)));

        Assert.Equal(9_979.5m, snapshot.CashBalanceUsd);
        Assert.Equal(0, snapshot.NumPositions);
        Assert.Equal(0m, snapshot.MarginUsedUsd);
    }

    [Fact]
    public void An_adjustment_takes_the_venues_quantity_and_realises_nothing()
    {
        Fill(Start, Results.Fill(Side.Buy, 2m, 100m));

        var outbox = Fill(Start + 1, Results.Adjustment(1m));

        Assert.Equal(1m, Assert.Single(outbox.Of(StreamCatalog.PortfolioExposure)).ExposureBySymbol[0].Quantity);
        Assert.Equal(10_000m, Snapshot(outbox).CashBalanceUsd);
        Assert.Equal(1, Snapshot(outbox).AdjustmentsToday);
    }

    [Fact]
    public void A_late_fill_is_a_fill_and_no_difference()
    {
        Fill(Start, Results.Fill(Side.Buy, 2m, 100m));

        var snapshot = Snapshot(Fill(
            Start + 1,
            Results.Fill(Side.Sell, 2m, 110m, fee: 1m, kind: ResultKind.Adjustment) with { PositionQuantity = 0m }));

        Assert.Equal((10_019m, 0), (snapshot.CashBalanceUsd, snapshot.AdjustmentsToday));
    }

    [Fact]
    public void A_position_adopted_without_a_price_costs_what_the_first_tick_says()
    {
        var adopted = Snapshot(Fill(Start, Results.Adjustment(-2m)));
        Assert.Equal(10_000m, adopted.TotalEquityUsd);
        Assert.Equal(1, adopted.StaleMarks);
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(100m), Start + 1);
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(90m), Start + 2);

        Assert.Equal(20m, Snapshot(_bench.Clock(Start + 1_500)).UnrealizedPnlUsd);
    }

    [Fact]
    public void A_denied_intent_changes_nothing()
    {
        _bench.Clock(Start);
        var denied = Results.Fill(Side.Buy, 0m, 100m) with
        {
            Outcome = Outcome.Denied, ReasonCode = "kill_switch", AveragePrice = null,
        };

        Assert.Equal(0, Fill(Start + 1, denied).Total);
    }

    [Fact]
    public void A_fill_without_a_side_is_refused_and_named()
    {
        var thrown = Assert.Throws<FormatException>(
            () => Fill(Start, Results.Fill(Side.Buy, 1m, 100m) with { Side = null }));

        Assert.Contains("side is empty though something was filled", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantity_that_differs_from_the_venues_is_counted()
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m) with { PositionQuantity = 1m });
        Assert.Empty(_bench.Counts);

        Fill(Start, Results.Fill(Side.Buy, 1m, 100m) with { PositionQuantity = 3m });

        Assert.Equal(1, _bench.Counts["portfolio/position_differs_from_venue"]);
    }

    [Theory]
    [InlineData(8, "matched")]
    [InlineData(8.00000001, "matched")]
    [InlineData(8.0000001, "differs")]
    public void A_closed_trade_is_compared_with_our_own_book(double reported, string verdict)
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m, fee: 0.5m));
        Fill(Start + 1, Results.Funding(-1m));
        Fill(Start + 2, Results.Fill(Side.Sell, 1m, 110m, fee: 0.5m));

        _bench.Send(StreamCatalog.TradeClosed, Trade("p1", (decimal)reported), Start + 3);

        Assert.Equal(1, _bench.Counts["settlement/" + verdict]);
    }

    [Fact]
    public void A_closed_trade_may_come_before_its_fill()
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m));
        _bench.Send(StreamCatalog.TradeClosed, Trade("p1", 10m), Start + 3);
        Assert.Empty(_bench.Counts);

        Fill(Start + 2, Results.Fill(Side.Sell, 1m, 110m));

        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_trade_that_nobody_reports_is_counted_after_a_day()
    {
        Fill(Start, Results.Fill(Side.Buy, 1m, 100m));
        Fill(Start + 2, Results.Fill(Side.Sell, 1m, 110m));

        _bench.Clock(Midnight);
        Assert.Empty(_bench.Counts);
        _bench.Clock(Midnight + 86_400_000);

        Assert.Equal(1, _bench.Counts["settlement/unmatched"]);
    }

    [Theory]
    [InlineData(0, 1_000, 15_000, 1, "StartBalanceUsd is 0")]
    [InlineData(1, -1, 15_000, 1, "SnapshotIntervalMs is -1")]
    [InlineData(1, 1_000, 999, 1, "HeartbeatMs is 999: set it to SnapshotIntervalMs (1000) or more")]
    [InlineData(1, 1_000, 15_000, 0, "MarkStaleAfterMs is 0")]
    public void Impossible_settings_are_refused(
        decimal balance, long interval, long heartbeat, long stale, string named)
    {
        var settings = new PortfolioSettings
        {
            StartBalanceUsd = balance, SnapshotIntervalMs = interval, HeartbeatMs = heartbeat, MarkStaleAfterMs = stale,
        };

        var thrown = Assert.Throws<ArgumentException>(() => new PortfolioRole(settings));
        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    private RecordingOutbox Fill(long atMs, ExecutionResult result) =>
        _bench.Send(StreamCatalog.ExecutionResult, result, atMs);

    private static PortfolioSnapshot Snapshot(RecordingOutbox outbox) =>
        Assert.Single(outbox.Of(StreamCatalog.PortfolioSnapshot));

    private static TradeClosed Trade(string id, decimal pnl) => new()
    {
        TradeId = id,
        Symbol = Results.Btc,
        Side = PositionSide.Long,
        EntryPrice = 100m,
        ExitPrice = 110m,
        Quantity = 1m,
        NotionalUsd = 100m,
        Leverage = 10,
        FeesUsd = 1m,
        FundingUsd = -1m,
        PnlUsd = pnl,
        OpenedAtMs = Start,
        ClosedAtMs = Start + 2,
        DurationMs = 2,
        Reason = "take_profit_3",
        Regime = Regime.Range,
    };
}
