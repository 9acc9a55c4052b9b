using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>What ExitBrain believes: which price, whose stop, which position, and for how long.</summary>
public sealed class ExitKnowledgeTests
{
    private readonly ExitBench _bench = new();

    [Fact]
    public void A_price_that_came_back_from_beyond_the_stop_closes_nothing()
    {
        _bench.Open();
        _bench.Price(97.9m);
        _bench.After(1_000).Price(98.5m);
        _bench.After(5_000).Price(98.5m);
        Assert.Empty(_bench.Intents);
    }

    [Fact]
    public void A_price_older_than_the_last_one_decides_nothing()
    {
        _bench.Open();
        _bench.After(10_000).Price(100m);
        _bench.Price(97m, lateMs: 1_000);
        _bench.After(5_000).Clock();
        Assert.Empty(_bench.Intents);
    }

    [Fact]
    public void A_price_far_from_what_the_venues_agree_on_decides_nothing_and_quotes_are_taken_once_a_second()
    {
        _bench.Open();
        Quote(100m);
        _bench.Price(97.9m);
        _bench.After(500);
        Quote(97.9m);
        _bench.After(4_500).Price(97.9m);
        Assert.Empty(_bench.Intents);
        Assert.Equal(2, _bench.Role.Counts["price/outlier"]);

        Quote(97.9m);
        _bench.Price(97.9m);
        _bench.After(5_000).Price(97.9m);

        Assert.Equal(["stop_loss"], _bench.LastReasons);
    }

    [Fact]
    public void A_second_after_the_last_quote_the_next_one_counts()
    {
        _bench.Open();
        Quote(100m);
        _bench.After(1_000);
        Quote(97.9m);
        _bench.Price(97.9m);
        Assert.False(_bench.Role.Counts.ContainsKey("price/outlier"));
    }

    [Fact]
    public void A_policy_told_twice_is_one()
    {
        _bench.Policy(1);
        _bench.Open();
        _bench.Policy(1, kill: true);
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void A_policy_that_asks_for_nothing_does_not_end_the_pause_after_a_refused_exit()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Refused(_bench.Last.Id);
        _bench.After(1_000).Policy(1);
        Assert.Empty(_bench.LastReasons);
        Assert.Equal(1, _bench.Role.Counts["exit/min_quantity"]);
    }

    [Fact]
    public void Tightened_once_a_stop_is_not_tightened_by_every_price_that_follows()
    {
        _bench.Open();
        _bench.Price(100.2m);
        _bench.Market(Regime.Volatile);
        _bench.Moved(_bench.Last.Id);
        _bench.Price(100.2m);
        _bench.After(1_000).Price(100.3m);
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void A_stop_that_a_person_holds_tighter_is_there_and_keeps_its_own_reason()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        _bench.Result(Refusal(_bench.Last.Id, 100.2m));
        Assert.DoesNotContain(_bench.Role.Counts.Keys, key => key.StartsWith("move_stop/", StringComparison.Ordinal));
        _bench.Stopped(Side.Sell, 6.5m, 100.2m);
        Assert.Equal("stop_loss", Assert.Single(_bench.Closed).Reason);
    }

    [Fact]
    public void A_stop_that_rests_already_where_it_was_to_go_is_the_one_that_was_asked_for()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        _bench.Result(Refusal(_bench.Last.Id, 100.1m));
        _bench.Stopped(Side.Sell, 6.5m, 100.1m);
        Assert.Equal("break_even", Assert.Single(_bench.Closed).Reason);
    }

    [Fact]
    public void A_stop_that_the_venue_holds_by_less_than_a_step_looser_is_left_there()
    {
        _bench.Open(quantity: 10m);
        _bench.Result(Results.Fill(Side.Buy, 1m, 100m) with { StopPrice = 97.95m });
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void A_stop_move_has_thirty_seconds_and_ten_more_for_its_result()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        _bench.Filled(_bench.Last.Id, 3.5m, 100.4m);
        Assert.Equal(_bench.NowMs + 30_000, _bench.Last.Intent.DeadlineMs);
        _bench.After(40_000).Price(100.5m);
        Assert.Empty(_bench.LastReasons);
    }

    [Theory]
    [InlineData(95, null)]
    [InlineData(90, 95)]
    public void The_liquidation_price_that_was_told_last_is_guarded(int first, int? then)
    {
        _bench.Open(quantity: 10m, liquidation: first);
        _bench.Result(Results.Fill(Side.Buy, 1m, 100m) with { LiquidationPrice = then });
        // Three quarters of the way from 100 to 95.
        _bench.Price(96.25m);
        Assert.Equal(["liquidation_guard"], _bench.LastReasons);
    }

    [Theory]
    [InlineData("position-8", 4, "position-8", 4)]
    [InlineData(null, null, "position-1", 10)]
    public void Exits_name_the_position_and_the_trade_its_leverage_as_they_were_told_last(
        string? position, int? leverage, string named, int used)
    {
        _bench.Open(quantity: 10m);
        _bench.Result(Results.Fill(Side.Buy, 10m, 100m) with { PositionId = position, Leverage = leverage });
        _bench.Price(102m);
        Assert.Equal((named, 0.62), (_bench.Last.Intent.PositionId, _bench.Last.Intent.Confidence));
        _bench.After(1_000).Filled(_bench.Last.Id, 20m, 102m);
        var trade = Assert.Single(_bench.Closed);
        Assert.Equal((used, 1_000L), (trade.Leverage, trade.ClosedAtMs - trade.OpenedAtMs));
    }

    [Theory]
    [InlineData(0.0002, 0.0002)]
    [InlineData(null, 0.0007)]
    public void How_the_venues_differed_is_what_the_entry_told_else_what_is_known_here(double? told, double expected)
    {
        Quote(100m, 0.0007);
        _bench.Result(Results.Fill(Side.Buy, 10m, 100m) with
        {
            StopPrice = 98m, Exploration = true,
            Ilf = IlfContext.Unknown with { Regime = Regime.Range, ExchangeDivergence = told },
        });
        _bench.Price(101.9m);
        Assert.Equal(expected, _bench.Last.Intent.Ilf.ExchangeDivergence);
        _bench.Filled(_bench.Last.Id, 10m, 101.9m);
        Assert.True(Assert.Single(_bench.Closed).Exploration);
    }

    [Fact]
    public void What_was_entered_to_trade_bears_no_mark_of_what_is_made_to_learn()
    {
        _bench.Open();
        _bench.Stopped(Side.Sell, 1m, 98m);
        Assert.False(Assert.Single(_bench.Closed).Exploration);
    }

    [Fact]
    public void On_a_tape_facts_may_be_as_old_as_its_candles()
    {
        var (live, tape) = (ExitBrainSettings.For(isTape: false), ExitBrainSettings.For(isTape: true, TestBook.All));
        Assert.Equal((10_000L, 60_000L), (live.PriceStaleAfterMs, live.VenueStaleAfterMs));
        Assert.Equal((TapeAge.PriceMs, TapeAge.PriceMs), (tape.PriceStaleAfterMs, tape.VenueStaleAfterMs));
    }

    private void Quote(decimal mid, double? divergence = null) => _bench.Role.Send(
        StreamCatalog.ExchangeNormalized,
        new ExchangeNormalized
        {
            Symbol = Results.Btc, MidPrice = mid, VenueCount = 3, ExchangeDivergence = divergence,
        },
        _bench.NowMs);

    private static ExecutionResult Refusal(string intentId, decimal stop) => Results.Fill(Side.Sell, 0m, 1m) with
    {
        IntentId = intentId, AveragePrice = null, Outcome = Outcome.Denied, ReasonCode = "stop_not_tighter",
        StopPrice = stop,
    };
}
