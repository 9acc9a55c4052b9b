using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>One position at a time: targets, stops, time, and what is in flight.</summary>
public sealed class ExitBrainRoleTests
{
    private readonly ExitBench _bench = new();

    [Fact]
    public void A_protected_position_needs_nothing_at_once()
    {
        _bench.Open();

        Assert.Empty(_bench.Intents);
    }

    [Theory]
    [InlineData(PositionSide.Long, 1)]
    [InlineData(PositionSide.Short, -1)]
    public void The_whole_ladder_from_entry_to_close(PositionSide side, int sign)
    {
        // RANGE with a stop of 2: targets at 0.4, 0.8 and 1.4 beyond 100, shares 35/35/30.
        _bench.Open(side, quantity: 10m, fee: 0.4m);
        _bench.After(1_000).Price(100m + (sign * 0.39m));
        Assert.Empty(_bench.Intents);

        _bench.After(1_000).Price(100m + (sign * 0.4m));
        var first = _bench.Last;
        Assert.Equal(("take_profit_1", 3.5m, true, side.ExitSide()), Facts(first.Intent));
        Assert.Equal("position-1", first.Intent.PositionId);
        Assert.Equal(_bench.NowMs + 30_000, first.Intent.DeadlineMs);
        _bench.Filled(first.Id, 3.5m, 100m + (sign * 0.4m), fee: 0.14m);

        var breakEven = _bench.Last;
        Assert.Equal((TradeIntent.MoveStopReason, null, true, side.ExitSide()), Facts(breakEven.Intent));
        Assert.Equal(100m + (sign * 0.1m), breakEven.Intent.StopLoss);
        _bench.Moved(breakEven.Id);

        _bench.After(1_000).Price(100m + (sign * 0.9m));
        Assert.Equal(("take_profit_2", 3.5m, true, side.ExitSide()), Facts(_bench.Last.Intent));
        _bench.Filled(_bench.Last.Id, 3.5m, 100m + (sign * 0.9m), fee: 0.14m);
        Assert.Equal(100m + (sign * 0.4m), _bench.Last.Intent.StopLoss);
        _bench.Moved(_bench.Last.Id);

        _bench.After(1_000).Price(100m + (sign * 1.4m));
        Assert.Equal(("take_profit_3", null, true, side.ExitSide()), Facts(_bench.Last.Intent));
        _bench.Result(Results.Funding(-0.05m));
        _bench.Filled(_bench.Last.Id, 3m, 100m + (sign * 1.4m), fee: 0.12m);

        var trade = Assert.Single(_bench.Closed);
        Assert.Equal("position-1", trade.TradeId);
        Assert.Equal(side, trade.Side);
        Assert.Equal(100m, trade.EntryPrice);
        Assert.Equal(100m + (sign * 0.875m), trade.ExitPrice);
        Assert.Equal(10m, trade.Quantity);
        Assert.Equal(1_000m, trade.NotionalUsd);
        Assert.Equal(0.8m, trade.FeesUsd);
        Assert.Equal(-0.05m, trade.FundingUsd);
        Assert.Equal(8.75m - 0.8m - 0.05m, trade.PnlUsd);
        Assert.Equal(7.9 / 20, trade.RMultiple!.Value, 12);
        Assert.Equal((4_000L, "take_profit_3", Regime.Range), (trade.DurationMs, trade.Reason, trade.Regime));
        Assert.Equal(("logit", "3", 7L), (trade.ModelName!, trade.ModelVersion!, trade.PolicyVersion!.Value));
        Assert.Equal(("intent-1", "signal-1", 0.62), (trade.IntentId!, trade.SignalId!, trade.Confidence!.Value));
    }

    [Fact]
    public void A_jump_over_two_targets_is_one_exit()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(101m);

        Assert.Equal(("take_profit_2", 7m, true, Side.Sell), Facts(Assert.Single(_bench.Intents).Intent));
        _bench.Filled(_bench.Last.Id, 7m, 101m);
        Assert.Equal(100.4m, _bench.Last.Intent.StopLoss);
    }

    [Fact]
    public void While_an_exit_is_in_flight_there_is_no_other()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);
        _bench.After(1_000).Price(101m);
        _bench.After(1_000).Price(102m);
        _bench.After(1_000).Clock();

        Assert.Single(_bench.Intents);
    }

    [Fact]
    public void An_exit_without_a_result_goes_out_again_after_deadline_and_grace()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);
        _bench.After(40_000).Price(100.5m);
        Assert.Single(_bench.Intents);

        _bench.After(1).Price(100.5m);

        Assert.Equal(["take_profit_1", "take_profit_1"], _bench.Intents.Select(sent => sent.Intent.Reason));
        Assert.Equal(1, _bench.Role.Counts["exit/no_result"]);
    }

    [Fact]
    public void An_exit_without_a_result_is_forgotten_when_the_price_came_back()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);

        _bench.After(40_001).Price(100.2m);

        Assert.Single(_bench.Intents);
    }

    [Theory]
    [InlineData(Outcome.Expired)]
    [InlineData(Outcome.Superseded)]
    public void An_exit_that_was_only_late_goes_out_again_at_once(Outcome outcome)
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);

        _bench.Refused(_bench.Last.Id, outcome, "stale");

        Assert.Equal(["take_profit_1"], _bench.LastReasons);
    }

    [Theory]
    [InlineData(Outcome.Expired)]
    [InlineData(Outcome.Superseded)]
    public void One_that_is_late_again_waits_for_its_time_differs_from_the_executors(Outcome outcome)
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);
        _bench.Refused(_bench.Last.Id, outcome, "stale");
        Assert.Equal(2, _bench.Intents.Count);

        _bench.After(4_999).Refused(_bench.Last.Id, outcome, "stale");
        _bench.After(4_999).Price(100.5m);
        Assert.Equal(2, _bench.Intents.Count);

        _bench.After(1).Price(100.5m);
        Assert.Equal(3, _bench.Intents.Count);
        _bench.After(5_000).Refused(_bench.Last.Id, outcome, "stale");
        Assert.Equal(4, _bench.Intents.Count);
    }

    [Fact]
    public void A_refused_exit_pauses_longer_each_time_and_then_joins_the_next_target()
    {
        _bench.Open(quantity: 10m);
        foreach (var pauseMs in (long[])[5_000, 10_000])
        {
            _bench.Price(100.5m);
            Assert.Equal(["take_profit_1"], _bench.LastReasons);
            _bench.Refused(_bench.Last.Id);
            _bench.After(pauseMs - 1).Price(100.5m);
            Assert.Empty(_bench.LastReasons);
            _bench.After(1);
        }

        _bench.Price(100.5m);
        _bench.Refused(_bench.Last.Id);

        Assert.Equal(1, _bench.Role.Counts["exit/target_joined_next"]);
        _bench.Moved(_bench.Last.Id);
        _bench.After(60_000).Price(100.9m);
        Assert.Equal(("take_profit_2", 7m, true, Side.Sell), Facts(_bench.Last.Intent));
    }

    [Fact]
    public void The_last_target_keeps_trying()
    {
        _bench.Open(quantity: 10m);
        for (var i = 0; i < 8; i++)
        {
            _bench.After(60_000).Price(102m);
            Assert.Contains("take_profit_3", _bench.LastReasons);
            _bench.Refused(_bench.Last.Id);
        }

        Assert.False(_bench.Role.Counts.ContainsKey("exit/target_joined_next"));
    }

    [Fact]
    public void A_partly_filled_target_is_completed()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);

        _bench.Filled(_bench.Last.Id, 1.5m, 100.5m, Outcome.PartiallyFilled);

        Assert.Equal(("take_profit_1", 2m, true, Side.Sell), Facts(_bench.Last.Intent));
    }

    [Fact]
    public void What_rounding_left_after_the_last_target_is_closed()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(102m);
        _bench.Filled(_bench.Last.Id, 9.99m, 102m);

        Assert.Equal(
            ("take_profit_3", null, true, Side.Sell),
            Facts(_bench.Intents.Last(i => i.Intent.StopLoss is null).Intent));
        Assert.Equal(2, _bench.Intents.Count(i => i.Intent.StopLoss is null));
    }

    [Theory]
    [InlineData(PositionSide.Long, 97.9, "stop_loss")]
    [InlineData(PositionSide.Short, 102.1, "stop_loss")]
    public void The_resting_stop_closes_the_trade(PositionSide side, double price, string reason)
    {
        _bench.Open(side);

        _bench.After(5_000).Stopped(side.ExitSide(), 1m, (decimal)price);

        var trade = Assert.Single(_bench.Closed);
        Assert.Equal(reason, trade.Reason);
        Assert.Equal(-1.05, trade.RMultiple!.Value, 10);
        Assert.Equal(-2.1m, trade.PnlUsd);
    }

    [Fact]
    public void A_stop_that_was_moved_but_not_yet_applied_closes_under_its_old_name()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        Assert.Equal([TradeIntent.MoveStopReason], _bench.LastReasons);

        _bench.Stopped(Side.Sell, 6.5m, 98m);

        Assert.Equal("stop_loss", Assert.Single(_bench.Closed).Reason);
    }

    [Theory]
    [InlineData(4_999, false)]
    [InlineData(5_000, true)]
    public void A_resting_stop_that_does_not_act_is_done_by_us(long afterMs, bool closes)
    {
        _bench.Open();
        _bench.Price(97.9m);
        Assert.Empty(_bench.Intents);

        _bench.After(afterMs).Price(97.8m);

        Assert.Equal(closes ? ["stop_loss"] : [], _bench.LastReasons);
    }

    [Fact]
    public void One_that_an_operator_moved_and_that_does_not_act_is_done_by_us_too()
    {
        _bench.Open();
        _bench.Result(Results.Fill(Side.Sell, 0m, 1m) with
        {
            IntentId = "w1", IntentReason = TradeIntent.OperatorStopReason, AveragePrice = null,
            Outcome = Outcome.Applied, ReasonCode = "stop_moved", StopPrice = 99m,
        });
        _bench.Price(98.9m);
        Assert.Empty(_bench.Intents);

        _bench.After(5_000).Price(98.8m);

        Assert.Equal(["stop_loss"], _bench.LastReasons);
        Assert.Null(_bench.Last.Intent.Fault());
    }

    [Fact]
    public void A_price_that_comes_back_ends_the_breach()
    {
        _bench.Open();
        _bench.Price(97.9m);
        _bench.After(2_000).Price(98.5m);
        _bench.After(4_000).Price(97.9m);

        Assert.Empty(_bench.Intents);
    }

    [Fact]
    public void A_position_without_a_resting_stop_gets_one_and_is_closed_when_it_cannot_have_it()
    {
        _bench.Open(stop: null);
        Assert.Equal([TradeIntent.MoveStopReason], _bench.LastReasons);
        Assert.Equal(99.2177m, Math.Round(_bench.Last.Intent.StopLoss!.Value, 4));
        _bench.Refused(_bench.Last.Id, Outcome.Rejected, "venue_silent");
        _bench.After(5_000).Price(100m);
        Assert.Equal([TradeIntent.MoveStopReason], _bench.LastReasons);

        _bench.Price(99.2m);

        Assert.Equal(["stop_loss"], _bench.LastReasons);
    }

    [Theory]
    [InlineData(86_399_999, false)]
    [InlineData(86_400_000, true)]
    public void Time_closes_without_any_price(long heldMs, bool closes)
    {
        _bench.Open();

        _bench.After(heldMs).Clock();

        Assert.Equal(closes ? ["time_stop"] : [], _bench.LastReasons);
    }

    [Fact]
    public void A_stale_price_takes_no_profit()
    {
        _bench.Open();
        _bench.After(20_000).Clock();

        _bench.Price(101m, lateMs: 10_001);
        Assert.Empty(_bench.Intents);
        Assert.Equal(1, _bench.Role.Counts["price/stale_price"]);

        _bench.Price(101m, lateMs: 10_000);
        Assert.Single(_bench.Intents);
    }

    [Fact]
    public void The_clock_decides_nothing_on_a_price_that_grew_stale()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.5m);
        _bench.After(41_000).Clock();

        Assert.Single(_bench.Intents);
        Assert.Equal(1, _bench.Role.Counts["exit/stale_price"]);
    }

    [Fact]
    public void A_print_far_from_what_the_venues_say_decides_nothing()
    {
        _bench.Open();
        _bench.Role.Send(
            StreamCatalog.ExchangeNormalized,
            new ExchangeNormalized
            {
                Symbol = Results.Btc, MidPrice = 100m, VenueCount = 3, ExchangeDivergence = 0.001,
            },
            _bench.NowMs);

        _bench.Price(102.1m);
        Assert.Empty(_bench.Intents);
        Assert.Equal(1, _bench.Role.Counts["price/outlier"]);
        _bench.Price(102m);
        Assert.Single(_bench.Intents);
    }

    [Theory]
    [InlineData(PositionSide.Long, 60, 70.1, false)]
    [InlineData(PositionSide.Long, 60, 70, true)]
    [InlineData(PositionSide.Short, 140, 130, true)]
    public void Near_liquidation_the_position_is_closed(
        PositionSide side, double liquidation, double price, bool closes)
    {
        _bench.Open(side, stop: side == PositionSide.Long ? 50m : 150m, liquidation: (decimal)liquidation);

        _bench.Price((decimal)price);

        Assert.Equal(closes ? ["liquidation_guard"] : [], _bench.LastReasons);
    }

    [Fact]
    public void A_liquidation_closes_the_trade_under_its_name()
    {
        _bench.Open();

        _bench.Result(Results.Fill(Side.Sell, 1m, 91m, fee: 1m, kind: ResultKind.Liquidation));

        Assert.Equal(("liquidation", -10m), (_bench.Closed[0].Reason, _bench.Closed[0].PnlUsd));
    }

    private static (string Reason, decimal? Quantity, bool ReduceOnly, Side Side) Facts(TradeIntent intent) =>
        (intent.Reason!, intent.Quantity, intent.ReduceOnly == true, intent.Side);
}
