namespace Quantum.Contracts.Settings;

/// <summary>Finds the programs of this machine.</summary>
public static class InstalledProgram
{
    private const string Postgres = "/usr/lib/postgresql";

    /// <summary>The path of a program, on the PATH or where Debian has PostgreSQL's; null when there is none.</summary>
    /// <param name="name">Without the ending that Windows gives it.</param>
    public static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(DebianPostgres())
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> DebianPostgres() => Directory.Exists(Postgres)
        ? Directory.GetDirectories(Postgres).OrderDescending(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin"))
        : [];
}
