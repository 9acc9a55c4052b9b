using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Portfolio;

namespace Quantum.Roles.Tests.Portfolio;

/// <summary>Each round trip has its own money, also where fills turn a position or the venue corrects it.</summary>
public sealed class PortfolioBookTests
{
    private const long Start = 1_764_800_000_000;
    private const long Day = 86_400_000;
    private readonly RoleBench _bench = new(() => new PortfolioRole());
    private long _atMs = Start;

    [Fact]
    public void A_fill_that_turns_a_position_ends_one_trade_and_begins_the_next_each_with_its_part_of_the_fee()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        // One closes what is held, two open the other way: a fee of 3 is 1 of the old trade and 2 of the new.
        Send(Results.Fill(Side.Sell, 3m, 110m, fee: 3m, positionId: "p2"));
        Send(Results.Fill(Side.Buy, 2m, 100m, positionId: "p2"));
        Report("p1", 9m);
        Report("p2", 18m);
        Assert.Equal(2, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_turn_without_an_id_of_its_own_does_not_go_on_under_the_old_one()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        Send(Results.Fill(Side.Sell, 3m, 110m));
        Send(Results.Fill(Side.Buy, 2m, 100m));
        Report("p1", 10m);
        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_part_that_is_closed_ends_no_trade()
    {
        Send(Results.Fill(Side.Buy, 2m, 100m));
        Send(Results.Fill(Side.Sell, 1m, 110m));
        Report("p1", 30m);
        Assert.Empty(_bench.Counts);
        Send(Results.Fill(Side.Sell, 1m, 120m));
        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_fee_that_comes_late_belongs_to_the_trade_that_is_open()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        Send(Results.Fill(Side.Buy, 0m, 1m, fee: 3m, kind: ResultKind.LateFill) with { AveragePrice = null });
        Send(Results.Fill(Side.Sell, 1m, 110m));
        Report("p1", 7m);
        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void Funding_is_told_at_once_and_what_tells_no_figure_changes_nothing()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        Assert.Equal(9_998m, Snapshot(Send(Results.Funding(-2m))).CashBalanceUsd);
        Assert.Equal(0, Send(Results.Funding(0m) with { FundingUsd = null }).Total);
        Assert.Equal(0, Send(Results.Funding(0m) with { Kind = ResultKind.Balance, FundingUsd = null }).Total);
    }

    [Theory]
    [InlineData(110, 40)]
    [InlineData(null, 20)]
    public void What_the_venue_has_more_came_at_its_price_else_at_the_mark(int? price, int unrealized)
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(120m), _atMs);
        var snapshot = Snapshot(Send(Results.Adjustment(3m, price)));
        Assert.Equal(unrealized, snapshot.UnrealizedPnlUsd);
        Assert.Equal(1, _bench.Counts["portfolio/position_adjusted"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void What_the_venue_has_no_more_ends_the_trade_at_its_entry_price(int quantity)
    {
        Send(Results.Fill(Side.Buy, 2m, 100m, fee: 1m));
        Send(Results.Adjustment(quantity));
        Report("p1", -1m);
        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_position_that_the_venue_made_smaller_is_still_the_same_trade()
    {
        Send(Results.Fill(Side.Buy, 2m, 100m, fee: 1m));
        Send(Results.Adjustment(1m));
        Send(Results.Fill(Side.Sell, 1m, 110m));
        Report("p1", 9m);
        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_position_that_the_venue_tells_of_has_its_id_and_its_leverage()
    {
        var told = Snapshot(Send(Results.Adjustment(2m, 100m) with { PositionId = "p9", Leverage = 4 }));
        Assert.Equal(50m, told.MarginUsedUsd);
        Assert.Equal(50m, Snapshot(Send(Results.Adjustment(2m))).MarginUsedUsd);
        Send(Results.Fill(Side.Sell, 2m, 110m, positionId: "p9"));
        Report("p9", 20m);
        Assert.Equal(1, _bench.Counts["settlement/matched"]);
    }

    [Fact]
    public void A_difference_without_a_quantity_is_told_and_counted()
    {
        Send(Results.Fill(Side.Buy, 2m, 100m));
        Assert.Equal(1, Snapshot(Send(Results.Adjustment(0m) with { PositionQuantity = null })).AdjustmentsToday);
    }

    [Fact]
    public void The_price_of_a_position_that_is_gone_is_not_that_of_the_next()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        Send(Results.Fill(Side.Sell, 1m, 100m));
        Assert.Equal(1, Snapshot(Send(Results.Adjustment(-2m))).StaleMarks);
    }

    [Fact]
    public void Of_two_prices_of_one_moment_the_later_counts()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(110m), _atMs + 1);
        _bench.Send(StreamCatalog.MarketTick, Results.Tick(130m), _atMs + 1);
        Assert.Equal(30m, Snapshot(_bench.Clock(_atMs + 1_000)).UnrealizedPnlUsd);
    }

    [Fact]
    public void An_older_result_does_not_bring_the_next_heartbeat_forward()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        _bench.Clock(Start + 20_000);
        Send(Results.Fill(Side.Buy, 1m, 100m));
        Assert.Equal(0, _bench.Clock(Start + 34_999).Total);
        Assert.NotEqual(0, _bench.Clock(Start + 35_000).Total);
    }

    [Fact]
    public void Snapshot_and_exposure_tell_one_account()
    {
        Send(Results.Fill(Side.Buy, 0.1m, 50_000m));
        var outbox = Send(Results.Fill(Side.Sell, 1m, 3_000m, symbol: Results.Eth, positionId: "p2"));
        var exposure = Assert.Single(outbox.Of(StreamCatalog.PortfolioExposure));
        var snapshot = Snapshot(outbox);
        Assert.Equal((8_000m, 9_200m), (snapshot.TotalExposureUsd, snapshot.FreeMarginUsd));
        Assert.Equal((snapshot.TotalExposureUsd, snapshot.FreeMarginUsd, snapshot.TotalEquityUsd),
            (exposure.TotalExposureUsd, exposure.FreeMarginUsd, exposure.TotalEquityUsd));
    }

    [Fact]
    public void A_trade_is_compared_once_and_told_unmatched_once()
    {
        Send(Results.Fill(Side.Buy, 1m, 100m));
        Send(Results.Fill(Side.Sell, 1m, 110m));
        Report("p1", 10m);
        Report("p7", 1m);
        for (var day = 1; day <= 4; day++) _bench.Clock(Start + (day * Day));
        Assert.Equal((1, 1), (_bench.Counts["settlement/matched"], _bench.Counts["settlement/unmatched"]));
    }

    [Fact]
    public void In_real_time_a_mark_is_stale_after_ten_seconds_on_a_tape_after_its_candles() => Assert.Equal(
        (10_000, TapeAge.PriceMs),
        (PortfolioSettings.For(isTape: false).MarkStaleAfterMs, PortfolioSettings.For(isTape: true).MarkStaleAfterMs));

    private RecordingOutbox Send(ExecutionResult result) =>
        _bench.Send(StreamCatalog.ExecutionResult, result, _atMs += 10);

    private void Report(string tradeId, decimal pnlUsd) => _bench.Send(
        StreamCatalog.TradeClosed,
        new TradeClosed
        {
            TradeId = tradeId, Symbol = Results.Btc, Side = PositionSide.Long, EntryPrice = 100m, ExitPrice = 110m,
            Quantity = 1m, NotionalUsd = 100m, Leverage = 10, FeesUsd = 0m, FundingUsd = 0m, PnlUsd = pnlUsd,
            OpenedAtMs = Start, ClosedAtMs = _atMs, DurationMs = 2, Reason = "stop_loss", Regime = Regime.Range,
        },
        _atMs);

    private static PortfolioSnapshot Snapshot(RecordingOutbox outbox) =>
        Assert.Single(outbox.Of(StreamCatalog.PortfolioSnapshot));
}
