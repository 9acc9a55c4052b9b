using System.Diagnostics;
using System.Globalization;

namespace Quantum.Bench;

/// <summary>
/// The rival: StackExchange.Redis in a process of its own, told each round over its standard input.
/// </summary>
internal sealed class StackExchangeProcess : IDisposable
{
    private const string Project = "Quantum.Bench.StackExchange";

    private readonly Process _process;

    public StackExchangeProcess(string connectionString)
    {
        // Both projects stand side by side and are built alike: …/bench/<project>/bin/<configuration>/<framework>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var framework = here.Name;
        var configuration = here.Parent!.Name;
        var bench = here.Parent.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(bench, Project, "bin", configuration, framework, Project + ".dll");
        if (!File.Exists(program))
            throw new InvalidOperationException($"{Project} is not built; build it in configuration {configuration}.");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(program);
        start.ArgumentList.Add(connectionString);
        _process = Process.Start(start)!;
    }

    /// <summary>Runs one round in the other process.</summary>
    public Rate Round(string what, int count)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {count}"));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine();
        var words = line?.Split(' ') ?? [];
        return words.Length == 2
            && double.TryParse(words[0], CultureInfo.InvariantCulture, out var perSecond)
            && double.TryParse(words[1], CultureInfo.InvariantCulture, out var cpuUs)
            ? new Rate(perSecond, cpuUs)
            : throw new InvalidOperationException($"{Project} answered '{line}' to '{what}'");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000)) _process.Kill();
        _process.Dispose();
    }
}
