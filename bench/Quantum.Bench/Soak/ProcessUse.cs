using System.Diagnostics;
using System.Globalization;

namespace Quantum.Bench.Soak;

/// <summary>What a process uses at one moment.</summary>
/// <param name="MemoryMb">
/// Its share of the memory that is resident, MB of 10^6 bytes: shared pages count in parts (PSS) where the system tells
/// it, whole (RSS) elsewhere.
/// </param>
/// <param name="Handles">Open files and sockets; 0 where the system does not tell.</param>
internal readonly record struct ProcessUse(double MemoryMb, int Handles)
{
    /// <summary>Throws when the process has ended.</summary>
    public static ProcessUse Of(int id)
    {
        try
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");
            if (Directory.Exists(folder))
                return new(ShareMb(folder + "/smaps_rollup"), Directory.GetFileSystemEntries(folder + "/fd").Length);
            using var process = Process.GetProcessById(id);
            return new(process.WorkingSet64 / 1e6, 0);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"what process {id} uses cannot be read: {fault.Message}", fault);
        }
    }

    private static double ShareMb(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (!line.StartsWith("Pss:", StringComparison.Ordinal)) continue;
            return double.Parse(line[4..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                * 1_024 / 1e6;
        }

        throw new InvalidOperationException($"{file} has no line 'Pss:'.");
    }
}
