using System.Diagnostics;

namespace Quantum.Cli.Looking;

/// <summary>The venue's service as a process of its own, from the build that this program is of.</summary>
internal sealed class VenueProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private VenueProcess(Process process) => _process = process;

    /// <summary>Where it listens, once it does.</summary>
    public Uri? Address { get; private set; }

    /// <summary>API key of its account.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Secret of its account.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>
    /// Starts it with settings such as <c>Feed:Path=…</c>; what it says on standard error goes on there.
    /// </summary>
    public static VenueProcess Start(IEnumerable<string> settings)
    {
        var assembly = BuiltService.PathOf("venue", "Quantum.Venue.dll");
        return new VenueProcess(Process.Start(
            new ProcessStartInfo(BuiltService.Host, [assembly, .. settings.Select(setting => "--" + setting)])
            {
                RedirectStandardOutput = true,
            })!);
    }

    /// <summary>
    /// Waits until it is open; false when it ended instead, which it has said why. Other lines of its are passed on.
    /// </summary>
    public async Task<bool> OpenAsync(CancellationToken cancel)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            var (name, value) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");
            if (name == "listening") Address = new Uri(value["on ".Length..]);
            else if (name == "key") Key = value;
            else if (name == "secret") Secret = value;
            else await Console.Error.WriteLineAsync(line);
            if (Address is not null && Secret.Length > 0) return true;
        }

        return false;
    }

    /// <summary>Passes on what it says until it ends; its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancel) is { } line)
            await Console.Error.WriteLineAsync(line);
        await _process.WaitForExitAsync(cancel);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        // A Ctrl+C reached it too; a signal to this process alone did not.
        if (!_process.HasExited && !_process.WaitForExit(TimeSpan.FromMilliseconds(500))) _process.Kill();
        _process.WaitForExit(s_patience);
        _process.Dispose();
    }
}
