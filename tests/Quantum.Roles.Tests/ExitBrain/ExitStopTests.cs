using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>
/// The stop's way: break-even, trailing, volatile markets, policy, refusals, and what the venue tells.
/// </summary>
public sealed class ExitStopTests
{
    private readonly ExitBench _bench = new();

    [Theory]
    [InlineData(PositionSide.Long, 1)]
    [InlineData(PositionSide.Short, -1)]
    public void The_runner_trails_behind_the_best_price_and_closes_there(PositionSide side, int sign)
    {
        // TREND with R = 2: trails 2 from 1.5 R (3), 1.5 from 3 R (6), 1 from 5 R (10).
        _bench.Open(side, quantity: 10m, regime: side == PositionSide.Long ? Regime.Bull : Regime.Bear);
        _bench.Price(100m + (sign * 4m));
        Assert.Equal(["take_profit_3", TradeIntent.MoveStopReason], _bench.LastReasons);
        Assert.Equal(100m + (sign * 2m), _bench.Last.Intent.StopLoss);
        _bench.Moved(_bench.Last.Id);
        _bench.Filled(_bench.Intents[0].Id, 6.5m, 100m + (sign * 4m));

        _bench.Price(100m + (sign * 7m));
        Assert.Equal(100m + (sign * 5.5m), MovedTo());
        _bench.Price(100m + (sign * 12m));
        Assert.Equal(100m + (sign * 11m), MovedTo());
        _bench.Price(100m + (sign * 12.05m));
        Assert.Empty(_bench.LastReasons);
        _bench.Price(100m + (sign * 11.5m));
        Assert.Empty(_bench.LastReasons);

        _bench.Stopped(side.ExitSide(), 3.5m, 100m + (sign * 11m));

        var trade = Assert.Single(_bench.Closed);
        Assert.Equal("trailing_stop", trade.Reason);
        Assert.Equal(26m + 38.5m, trade.PnlUsd);
    }

    [Fact]
    public void Break_even_waits_while_it_would_act_at_once()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Price(100.12m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        Assert.Empty(_bench.LastReasons);

        _bench.Price(100.2m);

        Assert.Equal(100.1m, MovedTo());
        _bench.Stopped(Side.Sell, 6.5m, 100.1m);
        Assert.Equal("break_even", _bench.Closed[0].Reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("BTCUSDT")]
    public void A_market_that_turns_volatile_halves_the_way_to_the_stop_once(string? symbol)
    {
        _bench.Open();
        _bench.Price(100.2m);

        _bench.Market(Regime.Volatile, symbol is null ? null : Symbol.Parse(symbol));
        Assert.Equal(99.1m, MovedTo());
        _bench.Market(Regime.Volatile, symbol is null ? null : Symbol.Parse(symbol));
        Assert.Empty(_bench.LastReasons);

        _bench.Stopped(Side.Sell, 1m, 99.1m);
        Assert.Equal("volatility_stop", _bench.Closed[0].Reason);
    }

    [Fact]
    public void Another_symbols_regime_is_not_ours()
    {
        _bench.Open();

        _bench.Market(Regime.Volatile, Results.Eth);

        Assert.Empty(_bench.Intents);
    }

    [Fact]
    public void A_volatile_turn_with_a_stale_price_waits_for_a_fresh_one()
    {
        _bench.Open();
        _bench.After(60_000).Market(Regime.Volatile);
        Assert.Empty(_bench.Intents);

        _bench.Price(101m);

        Assert.Contains(_bench.Intents, sent => sent.Intent.StopLoss == 99.5m);
    }

    [Theory]
    [InlineData(RiskMode.Defensive, false, true)]
    [InlineData(RiskMode.Halt, false, true)]
    [InlineData(RiskMode.Normal, true, true)]
    [InlineData(RiskMode.Aggressive, false, false)]
    public void A_policy_that_asks_for_protection_tightens_and_never_closes(RiskMode mode, bool kill, bool tightens)
    {
        _bench.Open();

        Policy(1, mode, kill);

        Assert.Equal(tightens ? [TradeIntent.MoveStopReason] : [], _bench.LastReasons);
        Policy(2, mode, kill);
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void An_older_policy_is_ignored()
    {
        Policy(5, RiskMode.Normal, false);
        _bench.Open();

        Policy(4, RiskMode.Halt, true);

        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void A_refused_move_is_tried_again_and_the_old_stop_stays_in_force()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        _bench.Refused(_bench.Last.Id, Outcome.Rejected, "rejected");
        _bench.After(4_999).Price(100.5m);
        Assert.Empty(_bench.LastReasons);

        _bench.After(1).Price(100.5m);

        Assert.Equal(100.1m, MovedTo());
        Assert.Equal(1, _bench.Role.Counts["move_stop/rejected"]);
    }

    [Fact]
    public void A_stop_that_the_executor_rounded_tighter_is_not_asked_for_again()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);

        _bench.Result(Results.Fill(Side.Sell, 0m, 1m) with
        {
            IntentId = _bench.Last.Id, AveragePrice = null, Outcome = Outcome.Applied, StopPrice = 100.11m,
        });

        Assert.Empty(_bench.LastReasons);
        _bench.Price(100.5m);
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void A_move_without_a_result_goes_out_again()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);

        _bench.After(40_001).Price(100.5m);

        Assert.Equal(100.1m, MovedTo());
        Assert.Equal(1, _bench.Role.Counts["move_stop/no_result"]);
    }

    [Fact]
    public void A_tighter_stop_of_the_venue_is_taken_over()
    {
        _bench.Open(quantity: 10m);
        _bench.Result(Results.Fill(Side.Buy, 10m, 100m) with { StopPrice = 99.5m });
        Assert.Empty(_bench.LastReasons);

        _bench.Price(99.4m);
        _bench.After(5_000).Price(99.4m);

        Assert.Equal(["stop_loss"], _bench.LastReasons);
    }

    [Fact]
    public void A_looser_stop_of_the_venue_is_moved_back()
    {
        _bench.Open(quantity: 10m);

        _bench.Result(Results.Fill(Side.Buy, 1m, 100m) with { StopPrice = 97m });

        Assert.Equal(98m, MovedTo());
    }

    [Fact]
    public void A_second_fill_moves_entry_and_targets_but_not_the_stop()
    {
        _bench.Open(quantity: 10m);
        _bench.Result(Results.Fill(Side.Buy, 10m, 102m) with { StopPrice = 98m });

        // Entry 101, R = 3: RANGE's first target is 101.6 for 35 % of 20.
        _bench.Price(101.5m);
        Assert.Empty(_bench.LastReasons);
        _bench.Price(101.6m);

        Assert.Equal(7m, _bench.Last.Intent.Quantity);
    }

    private decimal? MovedTo()
    {
        Assert.Equal([TradeIntent.MoveStopReason], _bench.LastReasons);
        var (id, intent) = _bench.Last;
        _bench.Moved(id);
        return intent.StopLoss;
    }

    private void Policy(long version, RiskMode mode, bool kill) => _bench.Policy(version, mode, kill);
}
