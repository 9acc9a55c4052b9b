namespace Quantum.Cli.Tests;

/// <summary>A tree with its own copy of the command line, and what a run would leave in <c>.quantum</c>.</summary>
public sealed class CliTree : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("quantum-tree-");
    private FileStream? _lock;

    public CliTree()
    {
        File.WriteAllText(Path.Combine(_root.FullName, "Quantum.sln"), "");
        var bin = _root.CreateSubdirectory("tools/bin");
        _root.CreateSubdirectory(".quantum");
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            var name = Path.GetFileName(file);
            if (IsOfProgram(name)) File.Copy(file, Path.Combine(bin.FullName, name));
        }

        Program = Path.Combine(bin.FullName, "quantum.dll");
    }

    public string Program { get; }

    public string Folder => Path.Combine(_root.FullName, ".quantum");

    public string FileIn(string name) => Path.Combine(Folder, name);

    /// <summary>As a living run: holds the lock, then tells its Redis.</summary>
    public void Run(string connection)
    {
        Lock();
        File.WriteAllText(FileIn("connection"), connection);
    }

    public void Lock()
    {
        _lock = new FileStream(FileIn("run.lock"), FileMode.Create, FileAccess.Write, FileShare.None);
        _lock.Write("4711"u8);
        _lock.Flush();
    }

    /// <summary>As after <c>kill -9</c>: the files stay, the lock is nobody's.</summary>
    public void Die()
    {
        _lock?.Dispose();
        _lock = null;
    }

    public void Dispose()
    {
        Die();
        _root.Delete(recursive: true);
    }

    private static bool IsOfProgram(string name) => name.StartsWith("quantum.", StringComparison.Ordinal)
        || (name.EndsWith(".dll", StringComparison.Ordinal)
            && ((string[])["Quantum.", "Spectre.", "System."]).Any(start =>
                name.StartsWith(start, StringComparison.Ordinal))
            && !name.Contains("Tests", StringComparison.Ordinal));
}
