using System.Diagnostics;

namespace Quantum.Console.Backtests;

/// <summary>
/// A backtest as a process of its own, of the priority that it is given and without this process' environment, which
/// holds the way to Redis: trading and pages do not wait for it, and it knows nothing of them.
/// </summary>
internal sealed class BacktestProcess : IDisposable
{
    private const int LinesKept = 20;
    private const string Nice = "/usr/bin/nice";
    private static readonly string[] s_passed =
        ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "TEMP", "SystemRoot", "USERPROFILE"];
    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private readonly Task _ends;

    private BacktestProcess(Process process, string result, Action<BacktestPace> onPace)
    {
        _process = process;
        _ends = Task.WhenAll(OrEnd(KeepAsync(result)), OrEnd(ListenAsync(onPace)), process.WaitForExitAsync());
    }

    /// <summary>Its last words, none of progress.</summary>
    public string Said => string.Join(' ', _said);

    /// <summary>Starts it.</summary>
    /// <param name="commandLine">The assembly of the command line.</param>
    /// <param name="nice">How far it steps behind everybody else, 0 to 19.</param>
    /// <param name="arguments">Checked.</param>
    /// <param name="folder">Gets <c>result.json</c> and <c>report.html</c>.</param>
    /// <param name="onPace">Told now and then how far it is.</param>
    public static BacktestProcess Start(
        string commandLine, int nice, IReadOnlyList<string> arguments, string folder, Action<BacktestPace> onPace)
    {
        string[] all = ["dotnet", commandLine, .. arguments, "--report", Path.Combine(folder, BacktestFolder.Report)];
        var start = File.Exists(Nice)
            ? new ProcessStartInfo(Nice, ["-n", nice.ToString(CultureInfo.InvariantCulture), .. all])
            : new ProcessStartInfo(all[0], all[1..]);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        start.WorkingDirectory = folder;
        var kept = s_passed.Select(name => (name, Value: Environment.GetEnvironmentVariable(name)));
        start.Environment.Clear();
        foreach (var (name, value) in kept) if (value is not null) start.Environment[name] = value;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        var process = Process.Start(start)!;
        if (nice > 0 && !File.Exists(Nice)) process.PriorityClass = ProcessPriorityClass.BelowNormal;
        process.StandardInput.Close();
        return new BacktestProcess(process, Path.Combine(folder, BacktestFolder.Result), onPace);
    }

    /// <summary>Waits for its end; kills it when cancelled, which throws.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        await using (cancel.Register(End)) await _ends;
        cancel.ThrowIfCancellationRequested();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private void End()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    // Who is not listened to any more would wait for ever.
    private Task OrEnd(Task part)
    {
        _ = part.ContinueWith(_ => End(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return part;
    }

    private async Task KeepAsync(string result)
    {
        await using var file = File.Create(result + ".part");
        await _process.StandardOutput.BaseStream.CopyToAsync(file);
        await file.DisposeAsync();
        File.Move(result + ".part", result, overwrite: true);
    }

    private async Task ListenAsync(Action<BacktestPace> onPace)
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{')
                && JsonSerializer.Deserialize<BacktestPace>(line, JsonSerializerOptions.Web) is { } pace)
            {
                onPace(pace);
                continue;
            }

            lock (_said)
            {
                _said.Enqueue(line);
                if (_said.Count > LinesKept) _said.Dequeue();
            }
        }
    }
}
