using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>Adoptions, flips, regimes and what belongs to no trade.</summary>
public sealed class ExitBookingTests
{
    private readonly ExitBench _bench = new();

    [Fact]
    public void A_position_adopted_without_a_price_is_planned_at_the_first_tick()
    {
        _bench.Result(Results.Adjustment(-2m));
        Assert.Empty(_bench.Intents);

        _bench.Price(50m);

        Assert.Equal((TradeIntent.MoveStopReason, Side.Buy), (_bench.Last.Intent.Reason!, _bench.Last.Intent.Side));
        Assert.True(_bench.Last.Intent.StopLoss > 50m);
    }

    [Fact]
    public void A_position_adopted_with_a_price_is_planned_at_once()
    {
        _bench.Result(Results.Adjustment(2m, 50m));
        Assert.True(_bench.Last.Intent.StopLoss < 50m);

        _bench.Stopped(Side.Sell, 2m, 49m);

        Assert.Equal((-2m, "stop_loss"), (_bench.Closed[0].PnlUsd, _bench.Closed[0].Reason));
    }

    [Fact]
    public void A_position_the_venue_no_longer_has_closes_the_trade_without_inventing_a_fill()
    {
        _bench.Open(quantity: 2m, fee: 0.1m);

        _bench.Result(Results.Adjustment(0m));

        var trade = Assert.Single(_bench.Closed);
        Assert.Equal(("position_adjusted", -0.1m, 100m), (trade.Reason, trade.PnlUsd, trade.ExitPrice));
    }

    [Fact]
    public void A_late_fill_is_a_fill_though_no_intent_waits_for_it()
    {
        _bench.Open(quantity: 2m);

        _bench.Result(
            Results.Fill(Side.Sell, 2m, 101m, fee: 0.5m, kind: ResultKind.Adjustment) with { PositionQuantity = 0m });

        Assert.Equal(
            (1.5m, 101m, "exit"), (_bench.Closed[0].PnlUsd, _bench.Closed[0].ExitPrice, _bench.Closed[0].Reason));
    }

    [Fact]
    public void A_fee_that_comes_after_the_fill_belongs_to_its_trade()
    {
        _bench.Open(quantity: 2m);
        var late = Results.Fill(
            Side.Buy, 0m, 1m, fee: 0.25m, kind: ResultKind.LateFill, positionId: "position-1") with
            {
                AveragePrice = null,
            };
        _bench.Result(late with { PositionId = "another" });
        _bench.Result(late);

        _bench.Result(Results.Fill(Side.Sell, 2m, 101m, kind: ResultKind.Adjustment) with { PositionQuantity = 0m });

        Assert.Equal((1.75m, 0.25m), (_bench.Closed[0].PnlUsd, _bench.Closed[0].FeesUsd));
    }

    [Fact]
    public void What_the_executor_could_not_protect_closes_under_that_name()
    {
        _bench.Open();

        _bench.Result(Results.Fill(Side.Sell, 1m, 99m, kind: ResultKind.Stop) with { ReasonCode = "unprotected" });

        Assert.Equal("unprotected", _bench.Closed[0].Reason);
    }

    [Fact]
    public void Exits_name_the_position_as_the_executor_does()
    {
        _bench.Open(quantity: 3m);
        _bench.Result(Results.Fill(Side.Sell, 4m, 90m, positionId: "position-1") with { StopPrice = null });

        Assert.Equal("position-1", _bench.Last.Intent.PositionId);
        _bench.Result(Results.Fill(Side.Buy, 1m, 80m, kind: ResultKind.Stop, positionId: "position-1"));
        Assert.NotEqual(_bench.Closed[0].TradeId, _bench.Closed[1].TradeId);
    }

    [Fact]
    public void A_smaller_position_goes_on_with_what_is_left()
    {
        _bench.Open(quantity: 2m);
        _bench.Result(Results.Adjustment(0.5m));

        _bench.Price(100.4m);
        Assert.Null(_bench.Last.Intent.Quantity);
        _bench.Filled(_bench.Last.Id, 0.5m, 100.4m);

        Assert.Equal(0.2m, Assert.Single(_bench.Closed).PnlUsd);
    }

    [Fact]
    public void A_flip_closes_one_trade_and_opens_the_next_with_its_share_of_the_fee()
    {
        _bench.Open(quantity: 3m);

        _bench.Result(Results.Fill(Side.Sell, 4m, 90m, fee: 0.4m, positionId: "position-2"));
        _bench.Result(Results.Fill(Side.Buy, 1m, 80m, kind: ResultKind.Stop));

        Assert.Equal([-30.3m, 9.9m], _bench.Closed.Select(trade => trade.PnlUsd));
        Assert.Equal(["position-1", "position-2"], _bench.Closed.Select(trade => trade.TradeId));
        Assert.Equal([PositionSide.Long, PositionSide.Short], _bench.Closed.Select(trade => trade.Side));
    }

    [Fact]
    public void A_denied_entry_and_funding_without_a_position_leave_nothing()
    {
        _bench.Refused("entry-1", Outcome.Denied, "kill_switch", Side.Buy);
        _bench.Result(Results.Funding(-1m));
        _bench.Price(101m);
        _bench.Clock();

        Assert.Empty(_bench.Intents);
        Assert.Empty(_bench.Role.Counts);
    }

    [Fact]
    public void Without_a_regime_in_the_metadata_the_last_told_one_counts()
    {
        _bench.Market(Regime.Volatile);
        _bench.Market(Regime.Range, Results.Btc);
        _bench.Open(regime: Regime.Unknown);
        _bench.Stopped(Side.Sell, 1m, 98m);
        _bench.Market(Regime.Unknown, Results.Btc);
        _bench.Open(regime: Regime.Unknown);
        _bench.Stopped(Side.Sell, 1m, 98m);

        Assert.Equal([Regime.Range, Regime.Volatile], _bench.Closed.Select(trade => trade.Regime));
    }

    [Fact]
    public void A_late_result_of_a_closed_trade_is_not_taken_for_the_next_trades_exit()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        var late = _bench.Last.Id;
        _bench.Stopped(Side.Sell, 10m, 98m);
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);

        _bench.Refused(late, Outcome.Denied, "no_position");
        _bench.Price(100.5m);

        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void Intents_and_trades_carry_the_correlation_of_the_entry()
    {
        _bench.Open();
        _bench.Price(100.4m);
        _bench.Stopped(Side.Sell, 1m, 98m);

        Assert.Equal(["life-1", "life-1"], _bench.Correlations);
    }

    [Fact]
    public void A_fill_without_a_side_is_refused_and_named()
    {
        var thrown = Assert.Throws<FormatException>(
            () => _bench.Result(Results.Fill(Side.Buy, 1m, 100m) with { Side = null }));

        Assert.Contains("side is empty though something was filled", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_stream_of_the_catalog_has_its_handler()
    {
        var read = new Roles.ExitBrain.ExitBrainRole().Subscriptions.Select(subscription => subscription.Stream.Name);

        Assert.Equal(StreamCatalog.ReadBy("exitbrain").Select(stream => stream.Name).Order(), read.Order());
    }
}
