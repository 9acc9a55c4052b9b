using System.Text.RegularExpressions;
using Quantum.Contracts.Catalog;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// Every name in the maintainers' lists is one of the tree: a file, a folder, a type, member or test, a stream, or a
/// command of which each path is there.
/// </summary>
internal static partial class MaintainingGuard
{
    private const string Page = "docs/MAINTAINING.md";

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        if (!tree.Has(Page)) return [$"{Page}: is missing"];
        var words = tree.Files(".cs").SelectMany(file => Word().Matches(tree.Read(file)))
            .Select(word => word.Value).ToHashSet(StringComparer.Ordinal);
        return Named().Matches(tree.Read(Page)).Select(named => named.Groups[1].Value).Distinct()
            .Where(name => !Exists(tree, words, name))
            .Select(name => $"{Page}: names `{name}`, which the tree does not hold: correct the list");
    }

    private static bool Exists(SourceTree tree, HashSet<string> words, string name)
    {
        // A command: what it is asked to do with must be there.
        if (name.Contains(' ', StringComparison.Ordinal))
            return name.Split(' ').All(part => !part.Contains('/', StringComparison.Ordinal)
                || part == "./quantum" || tree.Has(part));
        if (name.Contains('/', StringComparison.Ordinal)) return tree.Has(name);
        if (File().IsMatch(name)) return tree.Files().Any(file => file.EndsWith(name, StringComparison.Ordinal));
        if (Stream().IsMatch(name)) return StreamCatalog.Find(name) is not null;
        // Beginnings of names, as `On…`.
        return name.EndsWith('…')
            ? words.Any(word => word.StartsWith(name[..^1], StringComparison.Ordinal))
            : Word().Matches(name).All(word => words.Contains(word.Value));
    }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\.(cs|md|sln|csproj|json|txt|py|sh)$")]
    private static partial Regex File();

    [GeneratedRegex(@"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    private static partial Regex Stream();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
