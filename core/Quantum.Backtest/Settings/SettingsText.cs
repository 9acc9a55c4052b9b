namespace Quantum.Backtest.Settings;

/// <summary>
/// Settings by their paths, <c>Executor:MaxAttempts</c>, from a file in the form of a service's appsettings and from
/// single words <c>Executor:MaxAttempts=5</c>; what is given later counts.
/// </summary>
public sealed class SettingsText
{
    private static readonly JsonDocumentOptions s_json =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _words = [];

    /// <summary>Paths and texts.</summary>
    public IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>Paths that were typed as words, in their order: each is meant for who reads these settings.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Adds what a file says; throws <see cref="SettingsException"/> of one line.</summary>
    public SettingsText AddFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            throw new SettingsException($"{path}: there is no such settings file; correct --settings.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SettingsException(
                    $"{path}: holds a {document.RootElement.ValueKind}; write an object of sections, "
                    + "{ \"Executor\": { \"MaxAttempts\": 5 } }.");
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            Add(path, "", document.RootElement, seen);
            return this;
        }
        catch (JsonException fault)
        {
            throw new SettingsException(
                $"{path}, line {fault.LineNumber + 1}: is no JSON ({fault.Message.Split('.')[0]}); correct it there.",
                fault);
        }
    }

    /// <summary>Another one that says the same, and words more.</summary>
    public SettingsText With(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var other = new SettingsText();
        foreach (var (path, text) in _values) other.Add(path, text);
        other._words.AddRange(_words);
        foreach (var word in words) other.AddWord(word);
        return other;
    }

    /// <summary>Adds one value. A list that is given again is another list, not more of the first.</summary>
    public void Add(string path, string? text) => _values[path] = text;

    /// <summary>
    /// Adds <c>Section:Name=value</c>, or <c>Section:Name+Other:Name=value</c> for what must be alike; throws
    /// <see cref="SettingsException"/> of one line.
    /// </summary>
    public SettingsText AddWord(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var at = word.IndexOf('=', StringComparison.Ordinal);
        var paths = (at < 0 ? word : word[..at]).Split('+', StringSplitOptions.TrimEntries);
        if (at < 0 || !paths.All(IsPath))
            throw new SettingsException(
                $"--set is '{word}': write Section:Name=value, such as Executor:MaxAttempts=5 (docs/SETTINGS.md).");
        foreach (var path in paths)
        {
            Add(path, word[(at + 1)..].Trim());
            _words.Add(path);
        }

        return this;
    }

    private static bool IsPath(string path) =>
        path.Contains(':', StringComparison.Ordinal) && path.Split(':').All(part => part.Length > 0);

    private void Add(string file, string path, JsonElement element, HashSet<string> seen)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Add(file, Below(path, member.Name), member.Value, seen);
                return;
            case JsonValueKind.Array:
                var place = 0;
                foreach (var item in element.EnumerateArray())
                    Add(file, Below(path, FormattableString.Invariant($"{place++}")), item, seen);
                return;
            default:
                if (!seen.Add(path))
                    throw new SettingsException($"{file}: {path} is there twice; remove one of the two.");
                Add(path, TextOf(element));
                return;
        }
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private static string? TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        _ => element.GetRawText(),
    };
}
