using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Quantum.Tidy.Tests.Launcher;

/// <summary>
/// The pages of the launcher's own verbs: printed without a build, true to the code, known on Windows as well.
/// </summary>
public sealed partial class HelpPageTests
{
    private const string BenchPages = "bench/Quantum.Bench/Help/";

    // What one program of the benchmarks starts another with.
    private static readonly string[] s_internal = ["echo", "rate-worker"];

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Each_is_printed_without_a_build()
    {
        using var fixture = Fixture();
        foreach (var (typed, page) in (ValueTuple<string, string>[])
            [("bench --help", BenchPages + "bench.txt"), ("bench rate --help", BenchPages + "rate.txt"),
             ("bench rate --seconds 60 -h", BenchPages + "rate.txt"), ("chaos --help", BenchPages + "chaos.txt"),
             ("soak --hours 1 --help", BenchPages + "soak.txt"), ("test --help", "tools/Help/test.txt"),
             ("test Tidy --help", "tools/Help/test.txt"), ("setup --help", "tools/Help/setup.txt"),
             ("help bench", BenchPages + "bench.txt"), ("help bench orders", BenchPages + "orders.txt"),
             ("help up", "Quantum.AppHost/Help/up.txt")])
        {
            var run = fixture.Run(typed.Split(' '));
            Assert.Equal((0, SourceTree.Repository.Read(page)), (run.ExitCode, run.Output));
        }

        Assert.Empty(fixture.DotnetCalls);
        Assert.Contains("arguments audit --help", fixture.Run("help", "audit").Output);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void What_is_no_verb_and_no_option_is_told_without_a_build()
    {
        using var fixture = Fixture();
        foreach (var (typed, words) in (ValueTuple<string, string>[])
            [("bench", "name what is measured. See ./quantum bench --help."),
             ("bench nothing --help", "'nothing' is no verb of bench. See ./quantum bench --help."),
             ("bench nothing", "'nothing' is no verb of bench. See ./quantum bench --help."),
             ("setup now", "'now' is no option of ./quantum setup. See ./quantum setup --help.")])
        {
            var run = fixture.Run(typed.Split(' '));
            Assert.Equal((2, $"quantum: {words}\n"), (run.ExitCode, run.Error));
        }

        Assert.Empty(fixture.DotnetCalls);
    }

    [Fact]
    public void Each_benchmark_has_a_page_and_a_line_on_that_of_all()
    {
        var verbs = Verb().Matches(SourceTree.Repository.Read("bench/Quantum.Bench/Program.cs"))
            .Select(match => match.Groups[1].Value).Except(s_internal).Order(StringComparer.Ordinal).ToList();
        Assert.True(verbs.Count > 10);
        var pages = SourceTree.Repository.Files(".txt")
            .Where(file => file.StartsWith(BenchPages, StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(verbs, pages.Where(page => page != "bench").Order(StringComparer.Ordinal));
        var lines = Line().Matches(SourceTree.Repository.Read(BenchPages + "bench.txt"))
            .Select(match => match.Groups[1].Value).Concat(["chaos", "soak"]);
        Assert.Equal(verbs, lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_page_names_the_options_that_its_verb_reads()
    {
        var sources = SourceTree.Repository.Files(".cs")
            .Where(file => file.StartsWith("bench/Quantum.Bench/", StringComparison.Ordinal)).ToList();
        foreach (var page in SourceTree.Repository.Files(".txt").Where(
            file => file.StartsWith(BenchPages, StringComparison.Ordinal) && !file.EndsWith("/bench.txt",
                StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(page);
            var text = string.Concat(sources.Where(file => Regex.IsMatch(
                file, $"/{name}(Verb|Options)\\.cs$", RegexOptions.IgnoreCase)).Select(SourceTree.Repository.Read));
            // The rest is what a verb starts other programs with.
            var read = Read().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            if (text.Contains("out var isQuick", StringComparison.Ordinal)) read.UnionWith(["--json", "--quick"]);
            var told = Option().Matches(SourceTree.Repository.Read(page)).Select(match => match.Groups[1].Value);
            Assert.Equal((name, string.Join(' ', read.Append("--help").Order(StringComparer.Ordinal))),
                (name, string.Join(' ', told.Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public void Every_verb_of_the_launcher_is_known_on_windows()
    {
        var launcher = SourceTree.Repository.Read("quantum");
        var windows = SourceTree.Repository.Read("quantum.cmd");
        var verbs = Case().Matches(launcher[launcher.IndexOf("\n    case $verb in", StringComparison.Ordinal)..])
            .SelectMany(match => match.Groups[1].Value.Split(" | "))
            .Where(verb => !verb.StartsWith('-')).ToList();
        Assert.Contains("setup", verbs);
        Assert.DoesNotContain(
            verbs, verb => !windows.Contains($"\"%verb%\"==\"{verb}\"", StringComparison.Ordinal));
        foreach (var page in (string[])["Quantum.AppHost\\Help", "tools\\Help", "bench\\Quantum.Bench\\Help"])
            Assert.Contains(page, windows);
    }

    [UnsupportedOSPlatform("windows")]
    private static LauncherFixture Fixture()
    {
        var fixture = new LauncherFixture();
        foreach (var page in SourceTree.Repository.Files(".txt").Where(
            file => file.Contains("/Help/", StringComparison.Ordinal)))
            fixture.Write($"tree/{page}", SourceTree.Repository.Read(page));
        return fixture;
    }

    [GeneratedRegex(@"^ +""([a-z-]+)"" => ", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"^  ([a-z]+)  ", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^  (--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex(@"(?:(?:case|==|is|or) |^ +(?=""[a-z-]+"" =>))""(--[a-z-]+)""", RegexOptions.Multiline)]
    private static partial Regex Read();

    [GeneratedRegex(@"^        ([a-z|\- ]+)\)", RegexOptions.Multiline)]
    private static partial Regex Case();
}
