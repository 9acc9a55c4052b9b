using System.Diagnostics;
using System.Runtime.Versioning;

namespace Quantum.Tidy.Tests.Launcher;

/// <summary>
/// The launcher in a small tree of its own (<c>tree/</c>), with a stand-in for <c>dotnet</c> and a PATH that holds only
/// what a test puts there (<c>path/</c>). What the stand-in does is told by the files beside these two.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class LauncherFixture : IDisposable
{
    private const int DeadlineMs = 30_000;

    private static readonly string[] s_tools =
    [
        "bash", "sh", "env", "sed", "awk", "grep", "dirname", "basename", "cat", "mktemp", "rm", "cksum", "xargs",
        "stat", "find", "sort", "tr", "head", "tail", "readlink", "mkdir", "touch", "chmod", "ln", "flock", "git",
        "nice", "sleep",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-launcher-");

    public LauncherFixture()
    {
        foreach (var file in (string[])["quantum", "tools/test.sh", "tools/mutations.sh", "global.json"])
        {
            Write($"tree/{file}", SourceTree.Repository.Read(file));
        }

        Write("tree/Quantum.sln", Solution("A.Tests") + Solution("B.Tests"));
        foreach (var (project, assembly) in (ValueTuple<string, string>[])
            [("tests/A.Tests/A.Tests", "A.Tests"), ("tests/B.Tests/B.Tests", "B.Tests"),
             ("tools/Quantum.Cli/Quantum.Cli", "quantum")])
        {
            Write($"tree/{project}.csproj", "<Project />");
            Write($"tree/{Path.GetDirectoryName(project)}/bin/Release/net10.0/{assembly}.dll", "");
        }

        Write("tree/tools/Quantum.Cli/Commands/AuditVerb.cs",
            "public const string Name = \"audit\";\npublic const string Summary = \"look at every stream\";\n");
        foreach (var tool in s_tools)
        {
            if (Which(tool) is { } path)
            {
                Directory.CreateDirectory(At("path"));
                File.CreateSymbolicLink(At($"path/{tool}"), path);
            }
        }

        Program("dotnet", DotnetStandIn);
        Program("redis-server", "");
        Program("id", "echo 1000");
    }

    /// <summary>What the launcher finds in its environment besides.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Every call of the stand-in for dotnet, first word of the arguments.</summary>
    public string[] DotnetCalls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    private static string DotnetStandIn => """
        root=$(cd "$(dirname "$0")/.." && pwd)
        echo "$1" >>"$root/calls"
        case $1 in
            --version) cat "$root/sdk" 2>/dev/null || echo 10.0.100 ;;
            --list-sdks) echo "8.0.1 [somewhere]" ;;
            build) echo "error of the build"; ! [ -e "$root/broken" ] ;;
            test)
                name=$(basename "$2" .dll)
                while [ "$1" != --results-directory ]; do shift; done
                [ -e "$root/$name.trx" ] && cat "$root/$name.trx" >"$2/$name.trx"
                cat "$root/$name.out" 2>/dev/null
                exit "$(cat "$root/$name.code" 2>/dev/null || echo 0)" ;;
            tool)
                [ "$2" != restore ] || { echo "error of the registry"; [ ! -e "$root/offline" ]; exit; }
                echo "$*" >>"$root/stryker"
                while [ "$1" != --output ]; do shift; done
                echo "error of stryker"
                report=$root/$(basename "$2").json
                [ ! -e "$report" ] || { mkdir -p "$2/reports"; cat "$report" >"$2/reports/mutation-report.json"; } ;;
            *) echo "pid $$"; shift; echo "arguments $*"; exit 7 ;;
        esac
        """;

    public string At(string path) => Path.Combine(_folder.FullName, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Puts a bash script on the PATH.</summary>
    public void Program(string name, string script)
    {
        Write($"path/{name}", $"#!{Which("bash")}\n{script}\n");
        File.SetUnixFileMode(
            At($"path/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Remove(string path) => File.Delete(At(path));

    /// <summary>What a test run of one assembly leaves behind.</summary>
    public void Results(string assembly, int passed, int failed = 0, int skipped = 0, int exitCode = 0)
    {
        var (total, executed) = (passed + failed + skipped, passed + failed);
        Write($"{assembly}.trx", $"""
            <TestRun><Results><Output>&lt;Counters total="99" executed="99" passed="99" /&gt;</Output></Results>
            <Counters total="{total}" executed="{executed}" passed="{passed}" failed="{failed}" error="0" /></TestRun>
            """);
        Write($"{assembly}.code", exitCode.ToString());
    }

    public LauncherRun Run(params string[] arguments) => RunAs(At("tree/quantum"), arguments);

    public LauncherRun RunAs(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Which("bash")!, [script, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PATH"] = At("path");
        start.Environment.Remove("ConnectionStrings__redis");
        start.Environment.Remove("CHROMIUM_PATH");
        start.Environment.Remove("BinanceNet");
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(DeadlineMs))
        {
            process.Kill(entireProcessTree: true);
        }

        return new LauncherRun(process.Id, process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Solution(string name) =>
        $"Project(\"{{FAE04EC0}}\") = \"{name}\", \"tests\\{name}\\{name}.csproj\", \"{{9F03FEC7}}\"\nEndProject\n";

    private static string? Which(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
