using System.Diagnostics;
using System.Globalization;
using System.Text;
using Quantum.Testing;

namespace Quantum.Bench.Latency;

/// <summary>
/// The services as their own processes, set up as the AppHost does, all but the market, which the benchmark plays, the
/// venue, which mode paper has no use for, and the console. The one setting that is not the default makes a trailing
/// stop follow each new high, and sells nothing.
/// </summary>
internal sealed class BenchedSystem : IDisposable
{
    private const int LogTail = 20;
    private static readonly string[] s_left = ["market", "console", "venue"];

    private static readonly (string Name, string Value)[] s_exits =
    [
        ("ExitBrain__InUnknown__Targets__0__AtR", "1000"), ("ExitBrain__InUnknown__Targets__0__ShareFraction", "0.5"),
        ("ExitBrain__InUnknown__Trailing__0__FromR", "1"),
        ("ExitBrain__InUnknown__Trailing__0__CallbackFraction", "0.005"),
        ("ExitBrain__InUnknown__Trailing__1__FromR", "1.5"),
        ("ExitBrain__InUnknown__Trailing__1__CallbackFraction", "0.001"),
        ("ExitBrain__MinTrailStepFraction", "0.0000001"),
    ];

    private readonly List<(string Name, Process Process, StringBuilder Log)> _services = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-latency-").FullName;
    private readonly ManualResetEventSlim _never = new();

    public BenchedSystem(string connectionString)
    {
        var sizing = FreeUrl();
        foreach (var (name, assembly) in BuiltServices.All().Where(service => !s_left.Contains(service.Name)))
        {
            var start = new ProcessStartInfo("dotnet")
            {
                WorkingDirectory = Path.GetDirectoryName(assembly), RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.ArgumentList.Add(assembly);
            var environment = start.Environment;
            var url = FreeUrl();
            environment["ASPNETCORE_URLS"] = url;
            environment["ConnectionStrings__redis"] = connectionString;
            environment["Quantum__Mode"] = "paper";
            environment["Journal__Path"] = Path.Combine(_folder, "journal.db");
            environment["SIZING_GRPC"] = sizing;
            if (name == "exitbrain")
                foreach (var (setting, value) in s_exits) environment[setting] = value;
            if (name == "sizing")
            {
                environment["Kestrel__Endpoints__http__Url"] = url;
                environment["Kestrel__Endpoints__grpc__Url"] = sizing;
                environment["Kestrel__Endpoints__grpc__Protocols"] = "Http2";
            }

            Start(name, start);
        }
    }

    /// <summary>Lets time pass; throws when a service ends meanwhile.</summary>
    public void Pause(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            foreach (var (name, process, log) in _services)
            {
                if (!process.HasExited) continue;
                lock (log)
                {
                    throw new InvalidOperationException(
                        $"the service {name} ended with exit code {process.ExitCode}:\n{Tail(log)}");
                }
            }

            _never.Wait(TimeSpan.FromMilliseconds(100));
        }
    }

    public void Dispose()
    {
        foreach (var (_, process, _) in _services)
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _never.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start(string name, ProcessStartInfo start)
    {
        var process = new Process { StartInfo = start };
        var log = new StringBuilder();
        process.OutputDataReceived += (_, line) => Keep(log, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _services.Add((name, process, log));
    }

    private static void Keep(StringBuilder log, string? line)
    {
        if (line is null) return;
        lock (log) log.AppendLine(line);
    }

    private static string Tail(StringBuilder log) => string.Join('\n', log.ToString().Split('\n').TakeLast(LogTail));

    private static string FreeUrl() =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{RedisServer.FreePort()}");
}
