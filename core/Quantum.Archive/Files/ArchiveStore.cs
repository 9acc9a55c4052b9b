namespace Quantum.Archive.Files;

/// <summary>A step of bringing a file into an archive.</summary>
public enum ArchiveStep { Create, Write, Flush, Rename, Delete }

/// <summary>
/// The files of an archive on a disk: each is written under a temporary name, flushed to the disk, and renamed when it
/// is whole. A file that is there under its own name is whole.
/// </summary>
/// <param name="root">The archive's folder.</param>
/// <param name="before">Called before each step with the file's path; for tests that end a process or fill a disk
/// there.</param>
public sealed class ArchiveStore(string root, Action<ArchiveStep, string>? before = null)
{
    private const string Temporary = ".tmp";

    /// <summary>The archive's folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Writes a small file in one go.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        using (var file = Create(path))
        {
            // In two halves, so that one that is cut short is seen.
            file.Write(content[..(content.Length / 2)]);
            before?.Invoke(ArchiveStep.Write, path);
            file.Write(content[(content.Length / 2)..]);
            Flush(path, file);
        }

        Rename(path);
    }

    /// <summary>Starts a file under its temporary name; <see cref="Flush"/> and <see cref="Rename"/> end it.</summary>
    public FileStream Create(string path)
    {
        before?.Invoke(ArchiveStep.Create, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path + Temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
    }

    public void Flush(string path, FileStream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        before?.Invoke(ArchiveStep.Flush, path);
        file.Flush(flushToDisk: true);
    }

    public void Rename(string path)
    {
        before?.Invoke(ArchiveStep.Rename, path);
        File.Move(path + Temporary, path, overwrite: true);
    }

    public void Delete(string path)
    {
        before?.Invoke(ArchiveStep.Delete, path);
        File.Delete(path);
    }

    /// <summary>Removes what a killed process left half written; gives how many files it were.</summary>
    public int Tidy()
    {
        if (!Directory.Exists(Root)) return 0;
        var left = Directory.EnumerateFiles(Root, "*" + Temporary, SearchOption.AllDirectories).ToArray();
        foreach (var path in left) File.Delete(path);
        return left.Length;
    }

    /// <summary>Removes the unfinished file of a write that failed, so that a full disk has the room again.</summary>
    public static void GiveUp(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (File.Exists(path + Temporary)) File.Delete(path + Temporary);
    }
}
