using System.Runtime.Versioning;

namespace Quantum.Tidy.Tests.Launcher;

/// <summary>The verb <c>test</c> counts every assembly's results, and takes nothing unknown for a pass.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TestVerbTests : IDisposable
{
    private readonly LauncherFixture _fixture = new();

    public TestVerbTests()
    {
        _fixture.Results("A.Tests", passed: 3, skipped: 1);
        _fixture.Results("B.Tests", passed: 4);
    }

    public void Dispose() => _fixture.Dispose();

    [UnixFact]
    public void It_sums_all_assemblies() => Expect("7 passed, 0 failed, 1 skipped", exitCode: 0);

    [UnixFact]
    public void A_failed_test_fails_the_run_and_is_printed()
    {
        _fixture.Results("B.Tests", passed: 4, failed: 2, exitCode: 1);
        _fixture.Write("B.Tests.out", "Failed because of this");
        Assert.Contains("Failed because of this", Expect("7 passed, 2 failed, 1 skipped", exitCode: 1));
    }

    [UnixFact]
    public void What_runs_beside_the_others_counts_as_they_do()
    {
        _fixture.Write("tree/tests/A.Tests/A.Tests.csproj",
            "<Project><WaitsForNothing>true</WaitsForNothing></Project>");
        Expect("7 passed, 0 failed, 1 skipped", exitCode: 0);
        _fixture.Results("A.Tests", passed: 2, failed: 1, exitCode: 1);
        _fixture.Write("A.Tests.out", "Failed because of this");
        Assert.Contains("Failed because of this", Expect("6 passed, 1 failed, 0 skipped", exitCode: 1));
        _fixture.Remove("A.Tests.trx");
        Assert.Contains("A.Tests left no results", Expect("4 passed, 1 failed, 0 skipped", exitCode: 1));
    }

    [UnixFact]
    public void A_host_that_crashed_counts_as_a_failure()
    {
        _fixture.Results("B.Tests", passed: 4, exitCode: 1);
        Assert.Contains("B.Tests ended with exit code 1", Expect("7 passed, 1 failed, 1 skipped", exitCode: 1));
    }

    [UnixFact]
    public void A_run_that_was_cut_off_counts_as_a_failure()
    {
        _fixture.Write("B.Tests.out", "Test Run Aborted.");
        Assert.Contains("B.Tests was cut off", Expect("7 passed, 1 failed, 1 skipped", exitCode: 1));
    }

    [UnixFact]
    public void An_assembly_without_results_counts_as_a_failure()
    {
        _fixture.Remove("B.Tests.trx");
        Assert.Contains("B.Tests left no results", Expect("3 passed, 1 failed, 1 skipped", exitCode: 1));
    }

    [UnixFact]
    public void Results_that_tell_no_count_are_a_failure()
    {
        _fixture.Write("B.Tests.trx", "<TestRun>");
        Assert.Contains("B.Tests left no results", Expect("3 passed, 1 failed, 1 skipped", exitCode: 1));
    }

    [UnixFact]
    public void A_filter_that_leaves_one_assembly_empty_is_no_failure()
    {
        _fixture.Remove("B.Tests.trx");
        _fixture.Write("B.Tests.out", "No test matches the given testcase filter");
        Expect("3 passed, 0 failed, 1 skipped", exitCode: 0);
    }

    [UnixFact]
    public void When_no_test_ran_the_run_fails()
    {
        _fixture.Results("A.Tests", passed: 0);
        _fixture.Results("B.Tests", passed: 0);
        Expect("0 passed, 0 failed, 0 skipped", exitCode: 1);
    }

    [UnixFact]
    public void A_name_picks_projects()
    {
        var run = _fixture.Run("test", "B.T", "--filter", "X");
        Assert.EndsWith("\n4 passed, 0 failed, 0 skipped\n", run.Output);
        Assert.Equal(1, _fixture.DotnetCalls.Count(call => call == "test"));
    }

    [UnixFact]
    public void A_name_that_picks_nothing_lists_the_projects()
    {
        var run = _fixture.Run("test", "Nothing");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no test project matches 'Nothing'; there are: A.Tests B.Tests", run.Error);
    }

    [UnixFact]
    public void A_failed_build_fails_the_run()
    {
        _fixture.Write("broken", "");
        Assert.Equal(2, _fixture.Run("test").ExitCode);
    }

    private string Expect(string lastLine, int exitCode)
    {
        var run = _fixture.Run("test");
        Assert.Equal((exitCode, lastLine), (run.ExitCode, run.Output.TrimEnd('\n').Split('\n')[^1]));
        return run.Output;
    }
}
