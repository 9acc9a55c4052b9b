namespace Quantum.Archive.Files;

/// <summary>An archive: a folder of streams, each with a folder a day.</summary>
/// <param name="root">The folder.</param>
public sealed class ArchiveFolder(string root)
{
    private const string FactsName = "archive.json";

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The streams that have something, by name.</summary>
    public IReadOnlyList<ArchiveStream> Streams => !Directory.Exists(Root) ? [] :
    [
        .. Directory.EnumerateDirectories(Root, ArchiveStream.FolderPrefix + "*")
            .Select(folder => Path.GetFileName(folder)[ArchiveStream.FolderPrefix.Length..])
            .Order(StringComparer.Ordinal).Select(Stream),
    ];

    /// <summary>A stream, whether or not it has anything.</summary>
    public ArchiveStream Stream(string name) => new(Root, name);

    /// <summary>True when a folder is an archive, or looks like one that lost its facts.</summary>
    public static bool Is(string path) => Directory.Exists(path)
        && (File.Exists(Path.Combine(path, FactsName))
            || Directory.EnumerateDirectories(path, ArchiveStream.FolderPrefix + "*").Any());

    /// <summary>What the archive is of; null when nothing says so.</summary>
    public ArchiveFacts? Facts()
    {
        var path = Path.Combine(Root, FactsName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<ArchiveFacts>(File.ReadAllBytes(path));
        }
        catch (JsonException fault)
        {
            throw new ArchiveException($"{path}: is no JSON ({fault.Message}); restore it, or remove it.", fault);
        }
    }

    /// <summary>
    /// Says what the archive is of, the first time; later throws <see cref="ArchiveException"/> where it is another's.
    /// </summary>
    public void Claim(ArchiveFacts facts, ArchiveStore store)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(store);
        if (Facts() is not { } there)
        {
            store.Write(Path.Combine(Root, FactsName), JsonSerializer.SerializeToUtf8Bytes(facts));
            return;
        }

        if (there == facts) return;
        throw new ArchiveException(
            $"{Root} is the archive of {there}, asked for is {facts}: name a folder of its own with --into.");
    }
}
