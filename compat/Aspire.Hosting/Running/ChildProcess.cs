using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>A process whose lines are passed on and which is ended as a whole.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    // What was meant for the AppHost and would mislead a service.
    private static readonly string[] s_notInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE",
        "HTTP_PORTS", "HTTPS_PORTS",
    ];

    private static readonly string? s_setsid = OperatingSystem.IsWindows() ? null : Find("setsid");
    private readonly Process _process;
    private readonly bool _hasOwnGroup;

    private ChildProcess(Process process, bool hasOwnGroup)
    {
        _process = process;
        _hasOwnGroup = hasOwnGroup;
    }

    public int Id => _process.Id;

    /// <summary>Starts a process; null as its input closes it at once.</summary>
    public static ChildProcess Start(LaunchPlan plan, Action<string> onLine)
    {
        var command = Find(plan.Command) ?? throw new DistributedApplicationException(
            $"'{plan.Name}' cannot start: the program '{plan.Command}' was not found. "
            + "Install it or put its folder into PATH.");
        // A session of its own keeps the terminal's Ctrl+C for the AppHost, which then stops all in the right order.
        var start = new ProcessStartInfo(s_setsid ?? command)
        {
            WorkingDirectory = plan.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] args = s_setsid is null ? [.. plan.Args] : [command, .. plan.Args];
        Array.ForEach(args, start.ArgumentList.Add);
        Array.ForEach(s_notInherited, variable => start.Environment.Remove(variable));
        foreach (var (variable, value) in plan.Variables)
        {
            start.Environment[variable] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Pass(e.Data);
        process.ErrorDataReceived += (_, e) => Pass(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Write(plan.Input);
        process.StandardInput.Close();
        return new ChildProcess(process, s_setsid is not null);

        void Pass(string? line)
        {
            if (line is not null)
            {
                onLine(line);
            }
        }
    }

    /// <summary>The file of a program: its own path, or the first in PATH.</summary>
    public static string? Find(string command)
    {
        if (command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return File.Exists(command) ? Path.GetFullPath(command) : null;
        }

        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat", ""] : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, command + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The exit code, once the process has ended and all its lines were passed on.</summary>
    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Asks the process to end.</summary>
    public void Terminate()
    {
        if (OperatingSystem.IsWindows())
        {
            Kill();
        }
        else
        {
            _ = Signal(_process.Id, SigTerm);
        }
    }

    /// <summary>Ends the process and what it started.</summary>
    public void Kill()
    {
        if (_hasOwnGroup)
        {
            _ = Signal(-_process.Id, SigKill);
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself meanwhile.
        }
    }

    public void Dispose() => _process.Dispose();

#pragma warning disable SYSLIB1054, CA5392 // A source-generated import would need unsafe code.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int processId, int signal);
#pragma warning restore SYSLIB1054, CA5392
}
