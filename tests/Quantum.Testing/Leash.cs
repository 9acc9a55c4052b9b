using System.Diagnostics;

namespace Quantum.Testing;

/// <summary>
/// Ends what tests and benchmarks started when they themselves are killed: a shell that outlives them by a moment.
/// </summary>
public static class Leash
{
    private static readonly Lock s_lock = new();
    private static readonly SortedSet<int> s_running = [];
    private static Process? s_shell;

    /// <summary>Ends this process with us.</summary>
    public static void Add(int processId) => Change(() => s_running.Add(processId));

    /// <summary>It has ended.</summary>
    public static void Remove(int processId) => Change(() => s_running.Remove(processId));

    private static void Change(Action change)
    {
        lock (s_lock)
        {
            change();
            // Each line is the whole list, so that an id which the system gave to another process is not on it.
            s_shell ??= Process.Start(new ProcessStartInfo(
                "sh",
                ["-c", "trap '' INT TERM; while read -r all; do ids=$all; done; test -z \"$ids\" || kill -9 $ids"])
            {
                RedirectStandardInput = true,
            })!;
            s_shell.StandardInput.WriteLine(string.Join(' ', s_running));
            s_shell.StandardInput.Flush();
        }
    }
}
