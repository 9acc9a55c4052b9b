using Quantum.Archive.Files;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.EndToEnd.Tests.Harness;
using Quantum.Replay;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>What was recorded of real processes is whole, and replayed it decides the same.</summary>
[Collection(UndisturbedRun.Name)]
public sealed class ReplayTests(UndisturbedRun undisturbed, ITestOutputHelper output)
{
    internal const string OtherSetting = "Ai:Plan:StopInRanges=2.5";

    [Fact]
    public async Task Every_entry_of_every_stream_is_in_the_archive()
    {
        Assert.Equal(0, undisturbed.Lost);
        var archive = new ArchiveFolder(undisturbed.Archive);
        foreach (var stream in StreamCatalog.All)
        {
            var added = (await undisturbed.Run.Redis.EndOfAsync(stream.Key)).Added;
            var recorded = archive.Stream(stream.Name).Parts().Sum(part => part.Count);
            Assert.True(added == recorded, $"{stream.Name}: {added} were added, {recorded} are recorded");
        }
    }

    [Fact]
    public void The_same_build_decides_the_same()
    {
        var run = new ReplayRun(new ReplaySettings { Archive = undisturbed.Archive });
        var report = Report(run);
        output.WriteLine($"{run.Inputs} inputs, {report.Same} decisions of {string.Join(", ", run.Roles)}");
        foreach (var first in report.First)
            output.WriteLine($"{first.Role} {first.Stream} {first.Source}: {string.Join(", ", first.Fields)}\n"
                + $"{Text(first.Before)}\n{Text(first.Now)}");
        Assert.Equal((0, 0), (report.Different, run.Orphans));
        Assert.Equal((0, 0m, 0L), (report.DoubtfulTrades, report.DoubtfulTradesUsd, report.NewIntents));
        // Every event that a role published was compared.
        var written = run.Roles.SelectMany(StreamCatalog.WrittenBy).Distinct()
            .Where(stream => stream.Producers.All(run.Roles.Contains)).ToArray();
        var recorded = written.Sum(stream =>
            new ArchiveFolder(undisturbed.Archive).Stream(stream.Name).Parts().Sum(part => part.Count));
        Assert.True(recorded > 1_000, $"only {recorded} decisions were recorded");
        Assert.Equal(recorded, report.Kinds.Where(kind => written.Any(stream => stream.Name == kind.Stream))
            .Sum(kind => kind.Same));
    }

    [Fact]
    public void Beside_the_run_the_same_build_decides_the_same()
    {
        var live = undisturbed.Same;
        output.WriteLine($"{live.Progress}\n{string.Join('\n', live.Told)}");
        foreach (var first in live.Report.First)
            output.WriteLine($"{first.Role} {first.Stream} {first.Source}: {string.Join(", ", first.Fields)}\n"
                + $"{Text(first.Before)}\n{Text(first.Now)}");
        Assert.True(live.Report.Same > 500, $"only {live.Report.Same} decisions were compared");
        Assert.Equal(0, live.Report.Different);
        // Where other tests want every core the tape may run ahead of who compares beside it: what was trimmed
        // meanwhile is told, and is little.
        Assert.InRange(live.Progress.Missed, 0, live.Progress.Compared / 10);
        Assert.DoesNotContain(live.Audit.Findings, finding => finding.Code == FindingCodes.DecisionsDiffer
            || (finding.Code == FindingCodes.ReplayBehind && live.Progress.Missed == 0));
        Assert.Equal(0, live.Audit.Replay?.DifferPer1000);
        Assert.Equal((true, true), (live.IsTaken, live.IsGone));
    }

    [Fact]
    public void Beside_the_run_another_setting_is_found_by_the_audit()
    {
        var live = undisturbed.Other;
        Assert.True(live.Report.Different > 0, $"{live.Progress}");
        var found = Assert.Single(live.Audit.Findings, finding => finding.Code == FindingCodes.DecisionsDiffer);
        Assert.Equal(live.Progress.Different, found.Count);
        Assert.Contains(OtherSetting, found.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"first {RecordedMarket.Symbol}: {RoleNames.AiEngine} on ", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_settings_are_told_with_the_first_difference_and_both_decisions()
    {
        var report = Report(new ReplayRun(new ReplaySettings
        {
            Archive = undisturbed.Archive, Roles = [RoleNames.AiEngine], Set = [OtherSetting],
        }));
        Assert.True(report.Different > 0);
        var first = report.First.First(one => one.Symbol.Length > 0);
        Assert.Equal(RoleNames.AiEngine, first.Role);
        Assert.NotEmpty(first.Input);
        Assert.True(first.Before is not null || first.Now is not null);
        Assert.InRange(report.DifferPer1000, 0.001, 1_000);
    }

    private static DecisionReport Report(ReplayRun run)
    {
        var diff = new DecisionDiff();
        foreach (var input in run.Run()) diff.Add(input);
        return diff.Report();
    }

    private static string Text(IReadOnlyDictionary<string, string>? fields) =>
        fields is null ? "nothing" : string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"));
}
