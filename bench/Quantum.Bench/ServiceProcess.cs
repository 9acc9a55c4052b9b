using System.Diagnostics;
using System.Globalization;
using System.Text;
using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>One service as a process of its own, with what it printed; ended by its process id.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const int LogTail = 20;
    private const int MostKept = 400_000;
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly string _name;

    private ServiceProcess(string name, Process process)
    {
        (_name, _process) = (name, process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        Id = process.Id;
        Leash.Add(Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>What it printed so far; of much the end.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts a service of this tree.</summary>
    /// <param name="name">Its folder below `services`.</param>
    /// <param name="settings">Its environment beside ours.</param>
    /// <param name="launcher">What starts it, as `taskset` and its arguments; none: nothing does.</param>
    public static ServiceProcess Start(
        string name, IEnumerable<(string Name, string Value)> settings, params string[] launcher)
    {
        var assembly = BuiltServices.AssemblyOf(name);
        string[] command = [.. launcher, "dotnet", assembly];
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly), RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        foreach (var (setting, value) in settings) start.Environment[setting] = value;
        return new ServiceProcess(name, new Process { StartInfo = start });
    }

    /// <summary>Waits until it says something; throws with its last words when it ends or stays silent.</summary>
    public void Await(string words, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (!Log.Contains(words, StringComparison.Ordinal))
        {
            if (_process.WaitForExit(50)) throw Ended();
            if (clock.Elapsed > patience)
                throw new InvalidOperationException($"the service {_name} did not start:\n{Tail()}");
        }
    }

    /// <summary>Throws with its last words when it has ended.</summary>
    public void Check()
    {
        if (_process.HasExited) throw Ended();
    }

    /// <summary>As `kill -9` does.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        Leash.Remove(Id);
    }

    /// <summary>Freezes it: its sockets stay open and silent.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>Ends a freeze.</summary>
    public void Resume() => Signal("-CONT");

    /// <summary>The last lines that it printed.</summary>
    public string Tail() => string.Join('\n', Log.Split('\n').TakeLast(LogTail));

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private InvalidOperationException Ended()
    {
        _process.WaitForExit();
        return new InvalidOperationException(
            $"the service {_name} ended with exit code {_process.ExitCode}:\n{Tail()}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_log)
        {
            _log.AppendLine(line);
            if (_log.Length > MostKept) _log.Remove(0, MostKept / 2);
        }
    }
}
