namespace Quantum.Exchanges.Tests.Binance;

/// <summary>
/// What each payload becomes, a row a file, in a list beside the tests: <c>file: words</c>. With
/// <c>QUANTUM_UPDATE_GOLDEN=1</c> rows are written anew; whoever does that reads them.
/// </summary>
internal sealed class PayloadRows(string list)
{
    private static readonly Lock s_lock = new();

    private readonly string _path = Path.Combine(
        Root(), "tests", "Quantum.Exchanges.Tests", "Binance", "Payloads", list + ".txt");

    public IReadOnlyDictionary<string, string> All
    {
        get
        {
            lock (s_lock) return Read();
        }
    }

    /// <summary>Holds what a file became against its row.</summary>
    public void Compare(string file, string made)
    {
        made = made.ReplaceLineEndings(" ");
        if (Environment.GetEnvironmentVariable("QUANTUM_UPDATE_GOLDEN") == "1") Write(file, made);
        Assert.True(All.ContainsKey(file), $"{file} has no row in {_path}: it became '{made}'");
        Assert.Equal(All[file], made);
    }

    private void Write(string file, string made)
    {
        lock (s_lock)
        {
            var rows = new SortedDictionary<string, string>(Read(), StringComparer.Ordinal) { [file] = made };
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path, string.Concat(rows.Select(row => $"{row.Key}: {row.Value}\n")));
        }
    }

    private Dictionary<string, string> Read() => !File.Exists(_path) ? [] : File.ReadAllLines(_path)
        .Where(line => line.Contains(": ", StringComparison.Ordinal))
        .ToDictionary(line => line[..line.IndexOf(": ", StringComparison.Ordinal)],
            line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..], StringComparer.Ordinal);

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Quantum.sln"))) at = at.Parent!;
        return at.FullName;
    }
}
