using System.Globalization;

namespace Quantum.EventLog.Runner;

/// <summary>
/// The name of one running process among its replicas, <c>machine.pid.space.unique</c>, and whether a named process is
/// known to be gone. Only a process in our own space of process ids (one boot of one machine, one container) can be
/// known; of every other the lease alone tells.
/// </summary>
public static class InstanceName
{
    private const string UnknownSpace = "0";
    private const int PidFromEnd = 3;
    private const int SpaceFromEnd = 2;

    private static readonly string s_space = Space();

    /// <summary>A name for this process, new at each call.</summary>
    public static string New() => Of(Environment.ProcessId);

    /// <summary>True when the named process ran in our space of process ids and runs no more.</summary>
    public static bool IsGone(string instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var parts = instance.Split('.');
        if (s_space == UnknownSpace || parts.Length < PidFromEnd + 1 || parts[^SpaceFromEnd] != s_space) return false;
        return int.TryParse(parts[^PidFromEnd], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && !Runs(pid);
    }

    internal static string Of(int pid) => string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}.{pid}.{s_space}.{Guid.NewGuid().ToString("N")[..8]}");

    private static bool Runs(int pid)
    {
        try
        {
            // "pid (name) state …"; a zombie has ended and only waits for its parent to take note.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..] is not ['Z' or 'X', ..];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string Space()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var space = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return (boot[..8] + string.Concat(space.Where(char.IsAsciiDigit))).ToUpperInvariant();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return UnknownSpace;
        }
    }
}
