using System.Runtime.Versioning;

namespace Quantum.Tidy.Tests.Launcher;

/// <summary><c>test --mutations</c> counts what no test noticed, and takes nothing unmeasured for a pass.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MutationTests : IDisposable
{
    private readonly LauncherFixture _fixture = new();

    public MutationTests()
    {
        foreach (var folder in (string[])["Sizing", "Venue"])
        {
            _fixture.Write($"tree/core/Quantum.Roles/{folder}/A.cs", "");
            _fixture.Write($"tree/tests/Quantum.Roles.Tests/{folder}/ATests.cs", "");
        }
    }

    public void Dispose() => _fixture.Dispose();

    [UnixFact]
    public void A_row_tells_what_became_of_every_mutant_of_a_folder()
    {
        Report("Sizing", killed: 17, survived: 1, timeouts: 2);
        var run = _fixture.Run("test", "--mutations", "Sizing");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"\nSizing +20 +17 +1 +2 +0 +95\.0 %\n$", run.Output);
        var call = File.ReadAllText(_fixture.At("stryker"));
        Assert.Contains("--mutate **/Quantum.Roles/Sizing/**/*.cs", call);
        Assert.Contains("FullyQualifiedName~.Tests.Sizing.", call);
        Assert.DoesNotContain("build", _fixture.DotnetCalls);
    }

    [UnixFact]
    public void A_folder_below_the_bar_fails_the_run_and_what_no_test_reaches_counts()
    {
        Report("Sizing", killed: 9, uncovered: 1);
        Report("Venue", killed: 8, uncovered: 1);
        var run = _fixture.Run("test", "--mutations", "Sizing", "Venue");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"\nSizing +10 +9 +0 +0 +1 +90\.0 %\nVenue +9 +8 +0 +0 +1 +88\.8 %\n", run.Output);
        Assert.Contains("below 90 %: Venue", run.Error);
    }

    [UnixFact]
    public void Without_a_report_nothing_was_measured_and_the_log_is_shown()
    {
        _fixture.Write("tree/.quantum/mutations/Sizing/reports/mutation-report.json", "\"status\":\"Killed\"");
        var run = _fixture.Run("test", "--mutations", "Sizing");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error of stryker", run.Error);
        Assert.Contains("Sizing was not measured", run.Error);
        _fixture.Write("Sizing.json", """{"status":"Ignored"}""");
        Assert.Contains("Sizing has no mutant", _fixture.Run("test", "--mutations", "Sizing").Error);
    }

    [UnixFact]
    public void A_tool_that_is_not_restored_is_named_with_its_log()
    {
        _fixture.Write("offline", "");
        var run = _fixture.Run("test", "--mutations", "Sizing");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error of the registry", run.Error);
        Assert.Contains(".quantum/mutations/restore.log", run.Error);
    }

    [UnixFact]
    public void A_folder_that_is_none_is_named_with_those_that_are()
    {
        var run = _fixture.Run("test", "--mutations", "Sizing", "Nothing");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'Nothing' is no folder of core/Quantum.Roles with tests of its name", run.Error);
        Assert.Contains("try one of: Sizing", run.Error);
        Assert.Empty(_fixture.DotnetCalls);
    }

    private void Report(string folder, int killed, int survived = 0, int timeouts = 0, int uncovered = 0)
    {
        (string Status, int Count)[] rows =
        [
            ("Killed", killed), ("Survived", survived), ("Timeout", timeouts), ("NoCoverage", uncovered),
            ("Ignored", 7), ("CompileError", 3),
        ];
        var mutants = rows.SelectMany(row => Enumerable.Repeat($"{{\"status\":\"{row.Status}\"}}", row.Count));
        _fixture.Write($"{folder}.json", string.Join(",", mutants));
    }
}
