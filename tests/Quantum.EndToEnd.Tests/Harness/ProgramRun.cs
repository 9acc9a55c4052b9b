using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>One process of a built program: its lines are kept, and it is ended by its id.</summary>
internal sealed class ProgramRun : IDisposable
{
    // What the test host was given and would mislead a service.
    private static readonly string[] s_notInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "HTTP_PORTS",
        "HTTPS_PORTS",
    ];

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public ProgramRun(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in s_notInherited) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        _process.Start();
        Id = _process.Id;
        Leash.Add(Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>The exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    public string Output => TextOf(_out);

    public string Error => TextOf(_error);

    /// <summary>Waits for the end and the last lines; false when the time is over.</summary>
    public bool WaitForEnd(TimeSpan limit)
    {
        if (!_process.WaitForExit(limit)) return false;
        _process.WaitForExit();
        return true;
    }

    /// <summary>Asks it to stop as Ctrl+C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary><c>kill -9</c>.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        Leash.Remove(Id);
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
