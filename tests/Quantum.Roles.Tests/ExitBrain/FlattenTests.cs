using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Tests.Portfolio;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>The operator wants no position: each gets its one exit, at once and whatever else is under way.</summary>
public sealed class FlattenTests
{
    private const string Flatten = "operator_flatten";
    private readonly ExitBench _bench = new(restarts: true);

    /// <summary>What happened before the word; the exits that the word itself brings.</summary>
    public static TheoryData<string, string[]> Before => new()
    {
        { "open", [Flatten] },
        { "open short", [Flatten] },
        { "open, price long ago", [Flatten] },
        { "open, exit refused", [Flatten] },
        { "open, target under way", [] },
        { "open, flatten", [] },
        { "open, flatten, filled", [] },
        { "nothing", [] },
        { "venue position without a price", [] },
    };

    [Theory, MemberData(nameof(Before))]
    public void The_word_closes_what_is_open_once(string before, string[] exits)
    {
        foreach (var step in before.Split(", ")) Do(step);
        _bench.Policy(7, flatten: true);
        Assert.Equal(exits, _bench.LastReasons.Where(reason => reason != TradeIntent.MoveStopReason));
        if (exits.Length == 0) return;
        var exit = _bench.Intents.Last(sent => sent.Intent.Reason == Flatten);
        Assert.Equal((null, true), (exit.Intent.Quantity, exit.Intent.ReduceOnly));
        _bench.Filled(exit.Id, 1m, 99m);
        Assert.Equal(Flatten, Assert.Single(_bench.Closed).Reason);
        _bench.After(1_000).Clock();
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void What_opens_after_the_word_is_closed_until_the_word_is_taken_back()
    {
        _bench.Policy(2, flatten: true);
        _bench.Open();
        Assert.Equal([Flatten], _bench.LastReasons);
        _bench.Filled(_bench.Last.Id, 1m, 100m);
        _bench.After(1_000).Policy(3);
        _bench.Open();
        Assert.Empty(_bench.LastReasons);
    }

    [Fact]
    public void A_target_under_way_ends_first_and_the_rest_follows()
    {
        _bench.Open(quantity: 10m);
        _bench.Price(100.4m);
        var target = _bench.Last;
        _bench.Policy(2, flatten: true);
        _bench.Filled(target.Id, 3.5m, 100.4m);
        Assert.Equal([Flatten], _bench.LastReasons);
        _bench.Filled(_bench.Last.Id, 6.5m, 100.3m);
        Assert.Equal(10m, Assert.Single(_bench.Closed).Quantity);
    }

    [Theory]
    [InlineData(Outcome.Expired, 0)]
    [InlineData(Outcome.Denied, 5_000)]
    public void An_exit_that_did_not_close_is_sent_again(Outcome outcome, long afterMs)
    {
        _bench.Open();
        _bench.Policy(2, flatten: true);
        _bench.Refused(_bench.Last.Id, outcome);
        if (afterMs > 0) _bench.After(afterMs).Clock();
        Assert.Equal([Flatten], _bench.LastReasons.Where(reason => reason != TradeIntent.MoveStopReason));
    }

    [Fact]
    public void A_position_of_the_venue_that_had_no_price_is_closed_at_its_first()
    {
        Do("venue position without a price");
        _bench.Policy(2, flatten: true);
        _bench.After(1_000).Price(100m);
        Assert.Equal([Flatten], _bench.LastReasons);
    }

    private void Do(string step)
    {
        switch (step)
        {
            case "open": _bench.Open(); break;
            case "open short": _bench.Open(PositionSide.Short); break;
            case "price long ago": _bench.After(600_000); break;
            case "exit refused":
                _bench.Price(97m);
                _bench.After(6_000).Price(97m);
                _bench.Refused(_bench.Last.Id);
                break;
            case "target under way": _bench.Price(100.4m); break;
            case "flatten": _bench.Policy(2, flatten: true); break;
            case "filled": _bench.Filled(_bench.Last.Id, 1m, 100m); break;
            case "venue position without a price":
                _bench.Result(Results.Fill(Side.Buy, 0m, 1m, kind: ResultKind.Adjustment) with
                {
                    AveragePrice = null, PositionQuantity = 2m, Outcome = Outcome.Applied,
                });
                break;
            default: Assert.Equal("nothing", step); break;
        }
    }
}
