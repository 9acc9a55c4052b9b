using System.Diagnostics;

namespace Quantum.Bench.Chaos;

/// <summary>
/// A small file system in memory under Redis, which can be full. Only root may mount one: others get a plain folder,
/// and no cell that needs it full.
/// </summary>
internal sealed class ChaosDisk : IDisposable
{
    private const int FillerChunk = 1024 * 1024;
    private readonly string _filler;

    public ChaosDisk()
    {
        Folder = Directory.CreateTempSubdirectory("quantum-chaos-").FullName;
        _filler = Path.Combine(Folder, "filler");
        IsSmall = Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", "size=256m", "quantum-chaos", Folder);
    }

    public string Folder { get; }

    /// <summary>True when it can be filled.</summary>
    public bool IsSmall { get; }

    /// <summary>Takes the space that is left.</summary>
    public void Fill()
    {
        if (!IsSmall) throw new InvalidOperationException("only root can mount a small disk: run this cell as root.");
        var chunk = new byte[FillerChunk];
        try
        {
            using var filler = new FileStream(_filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            while (true) filler.Write(chunk);
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        if (IsSmall) Run("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
