using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>What holds for any market, any executor and any crash.</summary>
[Trait("Kind", "Walk")]
public sealed class ExitInvariantTests
{
    /// <summary>
    /// The world checks on each intent: reduce-only, no more than is held, one exit in flight, stops only tighten. At
    /// the end the reported PnL is what the venue paid.
    /// </summary>
    [Property(MaxTest = 150, Arbitrary = [typeof(Walks)])]
    public void Pnl_of_the_trades_is_the_sum_of_the_fills(int[] steps)
    {
        var world = Run(steps, 1);
        world.CloseAll();

        Assert.True(world.IsFlat);
        Assert.Equal(world.VenueCashUsd, world.ReportedPnlUsd, 8);
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(Walks)])]
    public void Long_and_short_mirror_each_other(int[] steps)
    {
        var (one, other) = (Run(steps, 1, parts: 4m), Run(steps, -1, parts: 4m));

        Assert.Equal(one.Log, other.Log);
    }

    [Property(MaxTest = 60, Arbitrary = [typeof(Walks)])]
    public void A_restart_after_every_input_changes_nothing(int[] steps)
    {
        var (one, other) = (Run(steps, 1), Run(steps, 1, restarts: true));

        Assert.Equal(one.Log, other.Log);
        Assert.Equal(one.ReportedPnlUsd, other.ReportedPnlUsd);
    }

    /// <summary>The world would be worthless if its walks never came to anything.</summary>
    [Fact]
    public void The_walks_reach_every_kind_of_exit()
    {
        var reasons = new SortedSet<string>();
        for (var seed = 0; seed < 120; seed++)
        {
            var world = Run([.. Enumerable.Range(0, 200).Select(i => Mix(seed, i))], 1);
            reasons.UnionWith(
                world.Log.Select(line => line.Split(' ')[1] + (line.Contains("closed") ? line.Split(' ')[2] : "")));
        }

        Assert.Superset(
            new SortedSet<string>
            {
                "take_profit_1", "take_profit_2", "take_profit_3", "move_stop", "closedstop_loss", "closedbreak_even",
                "closedtrailing_stop", "closedprofit_lock", "closedvolatility_stop",
            },
            reasons);
    }

    private static ExitWorld Run(int[] steps, int sign, bool restarts = false, decimal parts = 3m)
    {
        var world = new ExitWorld(sign, restarts, parts);
        foreach (var step in steps) world.Step(step);
        return world;
    }

    private static int Mix(int seed, int i) =>
        (int)(((ulong)((seed * 1_000_003) + i + 1) * 0x9E3779B97F4A7C15UL) >> 40) - (1 << 23);

    /// <summary>Runs of up to 120 steps with large numbers.</summary>
    public static class Walks
    {
        public static Arbitrary<int[]> Steps() =>
            Arb.From(Gen.Choose(-1_000_000, 1_000_000).ArrayOf().Resize(120));
    }
}
