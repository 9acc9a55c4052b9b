using System.Collections.Concurrent;
using System.Diagnostics;

namespace Quantum.Compat.Aspire.Tests;

/// <summary>A program that runs beside the test, its lines kept.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process _process;

    private ProgramRun(Process process) => _process = process;

    public ConcurrentQueue<string> Lines { get; } = new();

    public int ExitCode => _process.ExitCode;

    public bool HasEnded => _process.HasExited;

    public static ProgramRun Start(
        string program, IEnumerable<string> args, params (string Name, string Value)[] variables)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : program, isAssembly ? [program, .. args] : args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var run = new ProgramRun(new Process { StartInfo = start });
        run._process.OutputDataReceived += (_, e) => run.Keep(e.Data);
        run._process.ErrorDataReceived += (_, e) => run.Keep(e.Data);
        run._process.Start();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    public static async Task<(int ExitCode, string Output)> ToEndAsync(
        string program, IEnumerable<string> args, params (string Name, string Value)[] variables)
    {
        using var run = Start(program, args, variables);
        await run.EndAsync(TimeSpan.FromMinutes(2));
        return (run.ExitCode, string.Join('\n', run.Lines));
    }

    public Task EndAsync(TimeSpan limit) => _process.WaitForExitAsync().WaitAsync(limit);

    public async Task LineAsync(string part) =>
        await Eventually.TrueAsync(() =>
            Task.FromResult(Lines.Any(line => line.Contains(part))), what: $"'{part}' in:\n{this}");

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The ids of the processes that the lines of an AppHost name.</summary>
    public int[] ChildIds() => [.. Lines.Where(line => line.Contains(" runs as "))
        .Select(line => int.Parse(line.Split("id ")[1].Split(',', '.')[0]))];

    public override string ToString() => string.Join('\n', Lines);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            Lines.Enqueue(line);
        }
    }
}
