using Quantum.Contracts.Events;

namespace Quantum.Audit.Tests;

/// <summary>What a live replay told is a finding where it differs, and never healthy where it says nothing.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void Decisions_that_differ_are_told_with_figure_and_place()
    {
        using var world = new FindingWorld();
        FindingCases.Replayed(world, FindingWorld.NowMs);
        var report = world.Look();
        var found = Assert.Single(report.Findings, IsOfReplay);
        Assert.Equal((FindingCodes.DecisionsDiffer, 3L), (found.Code, found.Count));
        Assert.Contains("3 of 1000 decisions", found.Text, StringComparison.Ordinal);
        Assert.Contains("NEARUSDT: trading_bot on trade.intent", found.Text, StringComparison.Ordinal);
        Assert.Equal((true, 3.0), (report.Replay?.IsFresh, report.Replay?.DifferPer1000));
    }

    [Fact]
    public void All_the_same_and_nobody_who_replays_are_no_findings()
    {
        using var world = new FindingWorld();
        world.Mark();
        Assert.Null(world.Look().Replay);
        FindingCases.Replayed(world, FindingWorld.NowMs, different: 0);
        var report = world.Look();
        Assert.DoesNotContain(report.Findings, IsOfReplay);
        Assert.NotNull(report.Replay);
    }

    [Theory]
    [InlineData(90_000, 90_000, 0, "has told nothing since")]
    [InlineData(0, 150_000, 0, "has not compared all")]
    [InlineData(0, 0, 7, "7 commits of the last hour were gone")]
    public void A_replay_that_says_nothing_of_now_is_not_healthy(
        long silentMs, long behindMs, int missed, string said)
    {
        using var world = new FindingWorld();
        var nowMs = FindingWorld.NowMs;
        FindingCases.Replayed(world, nowMs - silentMs, different: 0, missed, nowMs - behindMs);
        var found = Assert.Single(world.Look().Findings, IsOfReplay);
        Assert.Equal(FindingCodes.ReplayBehind, found.Code);
        Assert.Contains(said, found.Text, StringComparison.Ordinal);
    }

    private static bool IsOfReplay(Finding finding) =>
        finding.Code is FindingCodes.DecisionsDiffer or FindingCodes.ReplayBehind;
}
