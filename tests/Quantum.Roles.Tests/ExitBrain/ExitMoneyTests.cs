using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>Shares, fees and corrections: what a trade is made of when it does not go by the book.</summary>
public sealed class ExitMoneyTests
{
    private readonly ExitBench _bench = new();

    [Fact]
    public void A_part_that_was_filled_counts_for_the_nearest_targets_first()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.8m);
        Assert.Equal(("take_profit_2", 7m), (_bench.Last.Intent.Reason, _bench.Last.Intent.Quantity));
        _bench.Filled(_bench.Last.Id, 5m, 100.8m, Outcome.PartiallyFilled);
        var rest = _bench.Intents.Last(sent => !sent.Intent.IsStopMove()).Intent;
        Assert.Equal(("take_profit_2", 2m), (rest.Reason, rest.Quantity));
    }

    [Fact]
    public void A_target_that_was_filled_is_done_though_the_venue_rounded_it_down()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.4m, 100.4m);
        Assert.Equal([TradeIntent.MoveStopReason], _bench.LastReasons);
    }

    [Fact]
    public void What_is_added_after_the_first_target_is_shared_among_the_others()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        _bench.Moved(_bench.Last.Id);
        _bench.Result(Results.Fill(Side.Buy, 10m, 100m) with { StopPrice = 100.1m });
        _bench.Price(100.5m);
        Assert.Empty(_bench.LastReasons);
        _bench.Price(100.8m);
        Assert.Equal(("take_profit_2", 7m), (_bench.Last.Intent.Reason, _bench.Last.Intent.Quantity));
    }

    [Fact]
    public void A_protective_exit_that_is_refused_joins_no_target_and_waits_longer_each_time()
    {
        var bench = new ExitBench(Ladders.Settings with { MaxHoldMs = 1_000 });
        bench.Open(quantity: 10m);
        bench.After(1_000).Price(100m);
        for (var times = 1; times <= 4; times++)
        {
            Assert.Equal(["time_stop"], bench.LastReasons);
            bench.Refused(bench.Last.Id);
            bench.After((times * 5_000) - 1).Price(100m);
            Assert.Empty(bench.LastReasons);
            bench.After(1).Price(100m);
        }

        Assert.False(bench.Role.Counts.ContainsKey("exit/target_joined_next"));
    }

    [Theory]
    [InlineData(110, 320)]
    [InlineData(null, 310)]
    public void What_the_venue_has_more_was_entered_at_its_price_else_at_the_last_one(int? price, int notionalUsd)
    {
        _bench.Open();
        _bench.Price(105m, lateMs: 0);
        _bench.Result(Results.Adjustment(3m, price));
        _bench.Stopped(Side.Sell, 3m, 100m);
        var trade = Assert.Single(_bench.Closed);
        Assert.Equal((3m, (decimal)notionalUsd, 300m - notionalUsd), (trade.Quantity, trade.NotionalUsd, trade.PnlUsd));
        Assert.Equal(1, _bench.Role.Counts["exitbrain/position_adjusted"]);
    }

    [Fact]
    public void What_the_venue_has_less_left_at_its_entry_price()
    {
        _bench.Open(quantity: 2m);
        _bench.Result(Results.Adjustment(1m));
        _bench.Stopped(Side.Sell, 1m, 98m);
        var trade = Assert.Single(_bench.Closed);
        Assert.Equal((2m, 99m, -2m), (trade.Quantity, trade.ExitPrice, trade.PnlUsd));
    }

    [Fact]
    public void A_position_that_the_venue_turned_round_is_another_trade()
    {
        _bench.Open(quantity: 2m);
        _bench.Result(Results.Adjustment(-1m, 100m) with { PositionId = "position-1" });
        Assert.Equal("position-1", Assert.Single(_bench.Closed).TradeId);
        _bench.Stopped(Side.Buy, 1m, 99m);
        Assert.Equal((2, PositionSide.Short), (_bench.Closed.Count, _bench.Closed[1].Side));
        Assert.NotEqual("position-1", _bench.Closed[1].TradeId);
    }

    [Theory]
    [InlineData("position-1", 3)]
    [InlineData("position-9", 0)]
    public void A_late_fee_is_the_trades_only_when_it_is_for_its_position(string position, int feesUsd)
    {
        _bench.Open();
        _bench.Result(Results.Fill(Side.Sell, 0m, 1m, 3m, kind: ResultKind.LateFill, positionId: position) with
        {
            AveragePrice = null,
        });
        _bench.Result(Results.Fill(Side.Sell, 1m, 98m, kind: ResultKind.Stop, positionId: "position-1"));
        Assert.Equal(feesUsd, Assert.Single(_bench.Closed).FeesUsd);
    }

    [Fact]
    public void A_position_told_without_a_price_is_opened_once_by_the_first_that_comes()
    {
        // The last price is of a position that is gone.
        _bench.Open();
        _bench.Stopped(Side.Sell, 1m, 98m);
        _bench.Result(Results.Adjustment(2m));
        _bench.After(86_400_000).Price(100m);
        Assert.DoesNotContain(_bench.Intents, sent => !sent.Intent.IsStopMove());
        _bench.Stopped(Side.Sell, 2m, 90m);
        Assert.Equal(-20m, _bench.Closed[1].PnlUsd);
        _bench.Price(100m);
        _bench.After(86_400_000).Price(100m);
        Assert.Empty(_bench.LastReasons);
    }

    [Theory]
    [InlineData("operator_close", "operator_close")]
    [InlineData(null, "time_stop")]
    public void A_trade_ends_by_the_reason_of_the_intent_that_filled_else_of_the_exit_under_way(
        string? told, string expected)
    {
        var bench = new ExitBench(Ladders.Settings with { MaxHoldMs = 1_000 });
        bench.Open();
        bench.After(1_000).Price(100m);
        bench.Result(Results.Fill(Side.Sell, 1m, 100m) with { IntentId = bench.Last.Id, IntentReason = told });
        Assert.Equal(expected, Assert.Single(bench.Closed).Reason);
    }

    [Theory]
    [InlineData(0.002, 1)]
    [InlineData(10, 0)]
    public void Targets_that_are_too_small_for_the_venue_are_told(double quantity, int times)
    {
        var bench = new ExitBench(Ladders.Settings with { Symbols = TestBook.All });
        bench.Open(quantity: (decimal)quantity);
        Assert.Equal(times, bench.Role.Counts.GetValueOrDefault("plan/fewer_targets"));
        bench.Result(Results.Fill(Side.Buy, 0.0005m, 100m) with { StopPrice = 98m });
        Assert.Equal(2 * times, bench.Role.Counts.GetValueOrDefault("plan/fewer_targets"));
    }

    [Fact]
    public void A_position_whose_first_target_does_not_come_in_time_is_closed()
    {
        var profile = ExitProfiles.Range with { FirstTargetWithinMs = 60_000 };
        var bench = new ExitBench(Ladders.Settings with { InRange = profile });
        bench.Open(quantity: 10m);
        bench.After(59_999).Price(100m);
        Assert.Empty(bench.LastReasons);
        bench.After(1).Price(100m);
        Assert.Equal(["first_target_missed"], bench.LastReasons);

        bench = new ExitBench(Ladders.Settings with { InRange = profile });
        bench.Open(quantity: 10m);
        bench.Price(100.4m);
        bench.Filled(bench.Last.Id, 3.5m, 100.4m);
        bench.Moved(bench.Last.Id);
        bench.After(60_000).Price(100.3m);
        Assert.Empty(bench.LastReasons);
    }

    [Theory]
    [InlineData(PositionSide.Long, 1, Regime.Bull)]
    [InlineData(PositionSide.Short, -1, Regime.Bear)]
    public void Trailing_begins_at_its_R_and_moves_by_the_least_step(PositionSide side, int sign, Regime regime)
    {
        // TREND with R = 2 trails 2 from 3 on.
        var bench = new ExitBench(Ladders.Settings with
        {
            WithTrend = ExitProfiles.Trend with { Targets = [new(9, 0.5m)] },
        });
        bench.Open(side, quantity: 10m, regime: regime);
        bench.Price(100m + (sign * 3m));
        Assert.Equal(100m + (sign * 1m), bench.Last.Intent.StopLoss);
        bench.Moved(bench.Last.Id);
        bench.Price(100m + (sign * 3.1m));
        Assert.Equal([TradeIntent.MoveStopReason], bench.LastReasons);
    }

    [Fact]
    public void A_plan_of_one_target_closes_all_of_it_there()
    {
        var bench = new ExitBench(new ExitBrainSettings());
        bench.Open(quantity: 10m);
        bench.Price(101m);
        bench.Price(102m);
        Assert.Equal(("take_profit_1", null), (bench.Last.Intent.Reason, bench.Last.Intent.Quantity));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void A_callback_is_above_nothing_and_below_half_of_the_price(double callback)
    {
        var thrown = Assert.Throws<ArgumentException>(() => new ExitBrainRole(Ladders.Settings with
        {
            InRange = ExitProfiles.Range with { Trailing = [new TrailStep(1m, (decimal)callback)] },
        }));
        Assert.Contains("a trailing callback", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_targets_at_one_place_are_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new ExitBrainRole(Ladders.Settings with
        {
            InRange = ExitProfiles.Range with { Targets = [new(1m, 0.5m), new(1m, 0.5m)] },
        }));
        Assert.Contains("targets lie above 0 R and rise", thrown.Message, StringComparison.Ordinal);
    }
}
