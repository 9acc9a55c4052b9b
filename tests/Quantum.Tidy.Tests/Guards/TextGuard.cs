using System.Text.RegularExpressions;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Committed text names no path of one machine, no package registry and no key.</summary>
internal static partial class TextGuard
{
    private static readonly string[] s_binary =
        [".png", ".jpg", ".ico", ".gz", ".zst", ".bin", ".onnx", ".woff2", ".rdb", ".pb", ".dll", ".pdf"];

    private static readonly (Regex Pattern, string Why)[] s_table =
    [
        (MachinePath(), "a path of one machine"),
        (RegistryHost(), "a package registry's address"),
        (Key(), "something that looks like a key"),
    ];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files()
        where !s_binary.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        let text = tree.Read(file)
        from row in s_table
        from Match match in row.Pattern.Matches(text)
        let line = text.AsSpan(0, match.Index).Count('\n') + 1
        select $"{file}:{line}: {row.Why}: {match.Value}";

    // The slashes stand in classes so that this file does not find itself.
    [GeneratedRegex(@"(?<![\w.~$}*)\]-])(?:[/](?:home|root|tmp|Users|work)[/][\w.-]+|[A-Z]:\\Users\\\w+)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?:[/]{2}[^/\s""']*(?:nuget|npmjs|pypi|artifactory|nexus|registry)[^/\s""']*",
        RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?:api[_-]?key|secret|token|passw(?:or)?d)[""']?\s*[:=]\s*[""'][A-Za-z0-9+/_-]{32,}[""']",
        RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
