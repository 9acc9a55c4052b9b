using FsCheck.Xunit;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor.Flow;

namespace Quantum.Roles.Tests.Executor;

[Trait("Kind", "Walk")]
public class ClosedLoopTests
{
    [Property(MaxTest = 40)]
    public void Whatever_gets_lost_repeated_or_late_the_money_rules_hold(int seed, bool isTape) => Check(seed, isTape);

    [Fact]
    public void The_loop_reaches_what_it_is_there_to_test()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 40; seed++)
        {
            var loop = new ClosedLoop(seed, seed % 2 == 0);
            loop.Run(120);
            loop.Drain();
            foreach (var result in loop.Results)
                seen[$"{result.Kind}/{result.Outcome}/{result.ReasonCode}"] =
                    seen.GetValueOrDefault($"{result.Kind}/{result.Outcome}/{result.ReasonCode}") + 1;
            foreach (var command in loop.Commands)
                seen[$"{command.Action}/{command.Purpose}"] =
                    seen.GetValueOrDefault($"{command.Action}/{command.Purpose}") + 1;
        }

        string[] wanted =
        [
            "Intent/Filled/filled", "Intent/Expired/stale", "Intent/Superseded/superseded",
            "Intent/Denied/position_open", "Intent/Denied/kill_switch", "Intent/Denied/no_position",
            "Intent/PartiallyFilled/deadline", "Intent/Applied/stop_moved",
            "Stop/Filled/stop_loss", "Stop/Filled/unprotected",
            "Query/Entry", "Query/Stop", "Cancel/Stop", "Place/Exit",
        ];
        Assert.True(wanted.All(seen.ContainsKey), string.Join('\n', seen.Select(p => $"{p.Key} {p.Value}")));
    }

    private static void Check(int seed, bool isTape)
    {
        var loop = new ClosedLoop(seed, isTape);
        loop.Run(120);
        loop.Drain();
        EveryIntentEndsOnce(loop);
        NoOrderForTheExpired(loop);
        LeverageIsCapped(loop);
        EachIdIsOneOrder(loop);
        ReduceOnlyNeverFlips(loop);
        ResultsSumToTheVenuesFills(loop);
        OpenPositionsAreProtected(loop);
        ResultsTellOneConsistentStory(loop);
    }

    private static void EveryIntentEndsOnce(ClosedLoop loop)
    {
        var ends = loop.Results.Where(r => r.Kind == ResultKind.Intent).Select(r =>
            r.IntentId!).Order(StringComparer.Ordinal);
        Assert.Equal(loop.Intents.Keys.Order(StringComparer.Ordinal), ends);
    }

    private static void NoOrderForTheExpired(ClosedLoop loop)
    {
        Assert.All(loop.Expired, id =>
            Assert.DoesNotContain(loop.Commands, c => c.IntentId == id && c.Purpose == OrderPurpose.Entry));
        Assert.All(
            loop.Results.Where(r => r.Kind == ResultKind.Intent && loop.Expired.Contains(r.IntentId!)),
            r => Assert.True(r.Outcome is Outcome.Expired, $"{r.IntentId} {r.Outcome} {r.ReasonCode}"));
    }

    private static void LeverageIsCapped(ClosedLoop loop) => Assert.All(
        loop.Commands.Where(c => c.Purpose == OrderPurpose.Entry && c.Action == OrderAction.Place),
        c =>
        {
            Assert.InRange(c.Leverage!.Value, 1, loop.LargestPolicyLeverage);
            if (loop.Intents[c.IntentId].Leverage is > 1 and { } wanted) Assert.True(c.Leverage <= wanted);
        });

    private static void EachIdIsOneOrder(ClosedLoop loop)
    {
        foreach (var same in loop.Commands.Where(c => c.Action == OrderAction.Place).GroupBy(c => c.ClientOrderId))
            Assert.Single(same.Distinct());
        Assert.All(
            loop.Commands.Where(c => c.Purpose == OrderPurpose.Entry),
            c => Assert.Equal(OrderIds.Client(c.IntentId, "entry"), c.ClientOrderId));
        Assert.All(loop.Commands.Where(c => c.Purpose != OrderPurpose.Entry), c => Assert.True(c.ReduceOnly));
    }

    private static void ReduceOnlyNeverFlips(ClosedLoop loop)
    {
        foreach (var symbol in ClosedLoop.Symbols)
        {
            var held = 0m;
            foreach (var fill in loop.VenueFills.Where(f => f.Symbol == symbol))
            {
                var after = held + fill.Side!.Value.Sign() * fill.LastFillQuantity;
                Assert.True(held * after >= 0, $"{symbol} went from {held} to {after}");
                held = after;
            }
        }
    }

    private static void ResultsSumToTheVenuesFills(ClosedLoop loop)
    {
        foreach (var symbol in ClosedLoop.Symbols)
        {
            var told = loop.Results.Where(r => r.Symbol == symbol && r.FilledQuantity > 0).ToList();
            var fills = loop.VenueFills.Where(f => f.Symbol == symbol).ToList();
            Assert.Equal(loop.HeldAtVenue(symbol), told.Sum(r => r.Side!.Value.Sign() * r.FilledQuantity));
            Assert.Equal(fills.Sum(f => f.LastFillQuantity), told.Sum(r => r.FilledQuantity));
            Assert.Equal(fills.Sum(f => f.LastFillQuantity * f.LastFillPrice!.Value),
                told.Sum(r => r.FilledQuantity * r.AveragePrice!.Value), 8);
            Assert.Equal(fills.Sum(f => f.FeeUsd), told.Sum(r => r.FeeUsd), 8);
            if (told.Count > 0) Assert.Equal(loop.HeldAtVenue(symbol), told[^1].PositionQuantity);
        }

        Assert.DoesNotContain(loop.Results, r => r.ReasonCode == "position_adjusted");
    }

    // Whoever books the results in order sees each position open before it is reduced, and its size after each.
    private static void ResultsTellOneConsistentStory(ClosedLoop loop)
    {
        foreach (var symbol in ClosedLoop.Symbols)
        {
            var held = 0m;
            foreach (var result in loop.Results.Where(r => r.Symbol == symbol && r.FilledQuantity > 0))
            {
                var after = held + result.Side!.Value.Sign() * result.FilledQuantity;
                if (result.ReduceOnly)
                    Assert.True(Math.Abs(after) < Math.Abs(held) && after * held >= 0,
                        $"{result.ReasonCode}: {held} to {after}");
                Assert.Equal(after, result.PositionQuantity);
                held = after;
            }
        }
    }

    private static void OpenPositionsAreProtected(ClosedLoop loop)
    {
        foreach (var symbol in ClosedLoop.Symbols)
        {
            var resting = loop.RestingStops(symbol);
            var held = loop.HeldAtVenue(symbol);
            if (held == 0)
            {
                Assert.Empty(resting);
                continue;
            }

            var stop = Assert.Single(resting);
            Assert.Equal((Math.Abs(held), held > 0 ? Side.Sell : Side.Buy), (stop.Quantity, stop.Side));
        }
    }
}
