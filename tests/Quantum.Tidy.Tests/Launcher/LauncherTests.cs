using System.Runtime.Versioning;

namespace Quantum.Tidy.Tests.Launcher;

/// <summary>The launcher builds when it must, runs what it is asked, and says what a machine lacks.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LauncherTests : IDisposable
{
    private readonly LauncherFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [UnixFact]
    public void Alone_it_prints_help_without_building()
    {
        var run = _fixture.Run();
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"\n  audit +look at every stream\n", run.Output);
        Assert.Empty(_fixture.DotnetCalls);
    }

    [UnixFact]
    public void The_page_of_up_is_printed_without_building()
    {
        const string File = "Quantum.AppHost/Help/up.txt";
        _fixture.Write($"tree/{File}", SourceTree.Repository.Read(File));
        foreach (var arguments in (string[][])[["up", "--help"], ["up", "--json", "-h"]])
        {
            var run = _fixture.Run(arguments);
            Assert.Equal(0, run.ExitCode);
            Assert.StartsWith("usage: ./quantum up [options]\n\n  (no option)", run.Output);
            Assert.Contains("\n  --help                 this page\n\nexamples:\n  ./quantum up\n", run.Output);
            Assert.EndsWith("--json > summary.json\n", run.Output);
        }

        Assert.Empty(_fixture.DotnetCalls);
    }

    [UnixFact]
    public void A_verb_goes_to_the_command_line_tool_with_its_arguments_and_exit_code()
    {
        var run = _fixture.Run("audit", "--json", "two words");
        Assert.Equal(7, run.ExitCode);
        Assert.Equal($"pid {run.ProcessId}\narguments audit --json two words\n", run.Output);
        Assert.Contains("building (the first takes", run.Error);
    }

    [UnixFact]
    public void It_builds_again_only_when_a_source_changed()
    {
        Assert.Equal(1, BuildsOf(() => _fixture.Run("audit")));
        Assert.Equal(0, BuildsOf(() => _fixture.Run("audit")));
        _fixture.Write("tree/README.md", "changed");
        Assert.Equal(0, BuildsOf(() => _fixture.Run("audit")));
        _fixture.Write("tree/core/A.cs", "class A;");
        Assert.Equal(1, BuildsOf(() => Assert.Contains("building what changed", _fixture.Run("audit").Error)));
        _fixture.Remove("tree/core/A.cs");
        Assert.Equal(1, BuildsOf(() => _fixture.Run("audit")));
        _fixture.Remove("tree/tools/Quantum.Cli/bin/Release/net10.0/quantum.dll");
        Assert.Equal(1, BuildsOf(() => _fixture.Run("audit")));
    }

    [UnixFact]
    public void It_builds_again_when_another_library_is_asked_for()
    {
        Assert.Equal(1, BuildsOf(() => _fixture.Run("audit")));
        _fixture.Variables["BinanceNet"] = "package";
        Assert.Equal(1, BuildsOf(() => _fixture.Run("audit")));
        Assert.Equal(0, BuildsOf(() => _fixture.Run("audit")));
        _fixture.Variables.Clear();
        Assert.Equal(1, BuildsOf(() => _fixture.Run("audit")));
    }

    [UnixFact]
    public void A_failed_build_shows_its_log_and_is_tried_again()
    {
        _fixture.Write("broken", "");
        var run = _fixture.Run("audit");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error of the build", run.Error);
        Assert.Contains(".quantum/build.log", run.Error);
        Assert.Empty(run.Output);
        _fixture.Remove("broken");
        Assert.Equal(7, _fixture.Run("audit").ExitCode);
    }

    [UnixFact]
    public void It_works_through_links_from_another_folder()
    {
        File.CreateSymbolicLink(_fixture.At("path/first"), _fixture.At("tree/quantum"));
        File.CreateSymbolicLink(_fixture.At("second"), "path/first");
        Assert.Equal(7, _fixture.RunAs(_fixture.At("second"), "audit").ExitCode);
    }

    [UnixFact]
    public void Without_the_sdk_it_says_what_to_install()
    {
        _fixture.Remove("path/dotnet");
        var run = _fixture.Run("audit");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the .NET SDK is missing. Install .NET SDK 10.0.100 or a later 10.0 (", run.Error);
    }

    [UnixFact]
    public void An_older_sdk_is_named()
    {
        _fixture.Program("dotnet", "[ \"$1\" = --list-sdks ] && echo '8.0.1 [somewhere]'");
        var run = _fixture.Run("audit");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("asks for 10.0.100 or a later 10.0, found: 8.0.1", run.Error);
    }

    [UnixFact]
    public void Without_redis_a_user_is_told_how_to_install_it()
    {
        _fixture.Remove("path/redis-server");
        _fixture.Program("apt-get", "exit 1");
        var run = _fixture.Run("test");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("redis-server is missing. Mend: sudo apt-get install redis-server", run.Error);
    }

    [UnixFact]
    public void Without_redis_root_gets_it_installed_after_an_update_of_the_lists()
    {
        _fixture.Remove("path/redis-server");
        _fixture.Program("id", "echo 0");
        _fixture.Program("apt-get", """
            here=$(dirname "$0")
            [ "$1" = update ] && { touch "$here/updated"; exit; }
            [ -e "$here/updated" ] && touch "$here/redis-server" && chmod +x "$here/redis-server"
            """);
        _fixture.Results("A.Tests", passed: 1);
        _fixture.Results("B.Tests", passed: 1);
        Assert.Equal(0, _fixture.Run("test").ExitCode);
    }

    [UnixFact]
    public void Without_node_the_tests_run_and_what_they_lack_is_told()
    {
        _fixture.Write("tree/tests/B.Tests/B.Tests.csproj", "<Project><NeedsNode>true</NeedsNode></Project>");
        _fixture.Results("A.Tests", passed: 1);
        _fixture.Results("B.Tests", passed: 1);
        var run = _fixture.Run("test");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Node.js and npm are missing: B.Tests", run.Error);
        Assert.DoesNotContain("Node.js", _fixture.Run("test", "A.Tests").Error);
        _fixture.Program("npm", "");
        Assert.DoesNotContain("Node.js", _fixture.Run("test").Error);
    }

    [UnixFact]
    public void Without_python_the_tests_run_and_what_they_lack_is_told()
    {
        _fixture.Write("tree/tests/B.Tests/B.Tests.csproj", "<Project><NeedsPython>true</NeedsPython></Project>");
        _fixture.Results("A.Tests", passed: 1);
        _fixture.Results("B.Tests", passed: 1);
        Assert.Contains("Python is missing: B.Tests", _fixture.Run("test").Error);
        Assert.DoesNotContain("Python", _fixture.Run("test", "A.Tests").Error);
        _fixture.Program("python3", "");
        Assert.DoesNotContain("Python", _fixture.Run("test").Error);
    }

    [UnixFact]
    public void Without_a_browser_the_tests_run_and_what_they_lack_is_told()
    {
        _fixture.Write("tree/tests/B.Tests/B.Tests.csproj", "<Project><NeedsBrowser>true</NeedsBrowser></Project>");
        _fixture.Results("A.Tests", passed: 1);
        _fixture.Results("B.Tests", passed: 1);
        Assert.Contains("Chromium is missing: B.Tests", _fixture.Run("test").Error);
        Assert.DoesNotContain("Chromium", _fixture.Run("test", "A.Tests").Error);
        _fixture.Program("chromium", "");
        Assert.DoesNotContain("Chromium", _fixture.Run("test").Error);
    }

    [UnixFact]
    public void Up_needs_no_redis_server_where_one_is_named()
    {
        _fixture.Remove("path/redis-server");
        Assert.Contains("redis-server is missing", _fixture.Run("up").Error);
        _fixture.Program("docker", "");
        Assert.Contains("Quantum.AppHost is not in this tree", _fixture.Run("up").Error);
    }

    private int BuildsOf(Action action)
    {
        var before = _fixture.DotnetCalls.Count(call => call == "build");
        action();
        return _fixture.DotnetCalls.Count(call => call == "build") - before;
    }
}
