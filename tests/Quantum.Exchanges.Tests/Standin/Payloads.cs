using System.Text.Json;

namespace Quantum.Exchanges.Tests.Standin;

/// <summary>
/// Recorded and documented payloads beside the repository: a folder that the environment names, else where the
/// benchmarks look for data. Without them the tests that want them are skipped and say so.
/// </summary>
internal static class Payloads
{
    private const string Variable = "QUANTUM_PAYLOADS";

    public static string? Folder { get; } = Find();

    public static string[] Files(string kind) =>
        Folder is null ? [] : [.. Directory.GetFiles(Path.Combine(Folder, kind)).Order(StringComparer.Ordinal)];

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder!, name));

    /// <summary>The values of a JSON text by their paths; numbers and texts alike, without what is empty.</summary>
    public static IEnumerable<(string Path, string Value)> Leaves(JsonElement element, string path = "") =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(
                property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
            JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Leaves(item, $"{path}[{i}]")),
            JsonValueKind.Null => [],
            _ => [(path, element.ToString())],
        };

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named)) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Quantum.sln"))) continue;
            var beside = Path.Combine(folder.FullName, "..", "shared", "data", "binance", "payloads");
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
