using System.IO.Compression;
using System.Security.Cryptography;

namespace Quantum.Feeds.Files;

/// <summary>The parts of a recording below a folder, zips opened, in order of their names.</summary>
internal static class TapeTree
{
    private const int MostFolders = 12;

    private static readonly string[] s_taken = [".csv", ".tsv", ".txt", ".gz", ".zip", ".feather", ".json"];

    /// <summary>Kept in these, but not read here; the words say what to do.</summary>
    private static readonly (string Ending, string Mend)[] s_others =
    [
        (".parquet", "convert it to .feather or .csv"), (".h5", "convert it to .feather or .csv"),
        (".hdf5", "convert it to .feather or .csv"), (".xlsx", "save it as .csv"), (".bz2", "unpack it"),
        (".xz", "unpack it"), (".zst", "unpack it"), (".lz4", "unpack it"), (".7z", "unpack it"), (".rar", "unpack it"),
        (".tar", "unpack it"), (".tgz", "unpack it"), (".tar.gz", "unpack it"), (".feather.gz", "unpack it"),
    ];

    /// <param name="path">A file or a folder.</param>
    /// <param name="onOther">Told each file that holds data in a form that is not read, with the mend.</param>
    public static IReadOnlyList<TapePart> Of(string path, Action<TapePart, string> onOther)
    {
        if (File.Exists(path)) return [.. PartsOf(path, onOther)];
        if (!Directory.Exists(path))
            throw new FeedException($"{path}: there is no such file or folder; correct {FeedNames.Path}.");
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = MostFolders, IgnoreInaccessible = false,
        };
        try
        {
            return
            [
                .. Directory.EnumerateFiles(path, "*", options)
                    .Where(file => IsVisible(Path.GetRelativePath(path, file)))
                    .Order(StringComparer.Ordinal)
                    .SelectMany(file => IsTaken(file) ? PartsOf(file, onOther) : Other(file, onOther)),
            ];
        }
        catch (Exception fault) when (TapeBytes.IsOfFile(fault))
        {
            throw TapeBytes.Fault(new TapePart(path), fault);
        }
    }

    /// <summary>
    /// Throws when a file does not have the SHA-256 that the file of its name and <c>.CHECKSUM</c> states.
    /// </summary>
    public static void CheckSum(TapePart part)
    {
        var stated = part.Path + ".CHECKSUM";
        if (!File.Exists(stated)) return;
        try
        {
            var wanted = File.ReadAllText(stated).Split([' ', '\t', '\r', '\n', '*'], 2)[0];
            using var file = new FileStream(part.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var found = Convert.ToHexString(SHA256.HashData(file));
            if (wanted.Equals(found, StringComparison.OrdinalIgnoreCase)) return;
            throw new FeedException(
                $"{part.Path}: its SHA-256 is {found.ToLowerInvariant()[..12]}…, {Path.GetFileName(stated)} says "
                + $"'{(wanted.Length > 12 ? wanted[..12] + "…" : wanted)}'; fetch both again.");
        }
        catch (Exception fault) when (TapeBytes.IsOfFile(fault))
        {
            throw TapeBytes.Fault(new TapePart(stated), fault);
        }
    }

    private static IEnumerable<TapePart> PartsOf(string file, Action<TapePart, string> onOther)
    {
        if (!Is(file, ".zip")) return Is(file, s_others) ? Other(file, onOther) : [new TapePart(file)];
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var entries = zip.Entries
                .Where(entry => IsVisible(entry.FullName) && (IsTaken(entry.FullName) || Is(entry.FullName, s_others)))
                .Select(entry => new TapePart(file, entry.FullName))
                .OrderBy(part => part.Entry, StringComparer.Ordinal)
                .ToArray();
            foreach (var part in entries.Where(part => !IsTaken(part.Entry!) || Is(part.Entry!, ".zip")))
                onOther(part, "unpack the zip and convert what it holds");
            if (entries.Length == 0) onOther(new TapePart(file), "it holds no .csv, .json or .feather; remove it");
            return entries.Where(part => IsTaken(part.Entry!) && !Is(part.Entry!, ".zip"));
        }
        catch (Exception fault) when (TapeBytes.IsOfFile(fault))
        {
            // Whether it matters depends on its symbol: reading it will tell.
            return [new TapePart(file, Path.GetFileNameWithoutExtension(file) + ".csv")];
        }
    }

    private static IEnumerable<TapePart> Other(string file, Action<TapePart, string> onOther)
    {
        var other = Array.Find(s_others, other => Is(file, other.Ending));
        if (other.Ending is not null) onOther(new TapePart(file), other.Mend);
        return [];
    }

    private static bool IsVisible(string path) => !path.Split('/', '\\')
        .Any(name => name.StartsWith('.') || name == "__MACOSX");

    private static bool IsTaken(string name) =>
        Array.Exists(s_taken, ending => Is(name, ending)) && !Is(name, s_others);

    private static bool Is(string name, (string Ending, string Mend)[] others) =>
        Array.Exists(others, other => Is(name, other.Ending));

    private static bool Is(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
