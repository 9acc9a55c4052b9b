using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Each row of the security table names a test that is there, and code that is there.</summary>
internal static partial class SecurityGuard
{
    private const string Page = "docs/SECURITY.md";
    private const int Columns = 3;

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        if (!tree.Has(Page)) return [$"{Page}: is missing"];
        var rows = tree.Lines(Page).Where(line => line.StartsWith('|')).Skip(2).ToList();
        if (rows.Count == 0) return [$"{Page}: has no table of checks"];
        var types = tree.Files(".cs").SelectMany(tree.Nodes).OfType<BaseTypeDeclarationSyntax>().ToList();
        var code = types.Select(type => type.Identifier.Text)
            .Concat(tree.Files(".razor").Select(file => Path.GetFileNameWithoutExtension(file)!))
            .ToHashSet(StringComparer.Ordinal);
        var tests = types.OfType<ClassDeclarationSyntax>().SelectMany(TestsOf).ToHashSet(StringComparer.Ordinal);
        return rows.SelectMany(row => Of(tree, row, code, tests));
    }

    private static IEnumerable<string> Of(SourceTree tree, string row, HashSet<string> code, HashSet<string> tests)
    {
        var cells = row.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray();
        if (cells.Length != Columns)
        {
            yield return $"{Page}: '{cells[0]}' has {cells.Length} cells, want {Columns}: check, where, test";
            yield break;
        }

        foreach (var where in NamesIn(cells[1]).Where(name => !IsCode(tree, code, name)))
            yield return $"{Page}: '{cells[0]}' is checked in `{where}`, which the tree does not hold";
        var named = NamesIn(cells[2]).ToList();
        if (named.Count == 0) yield return $"{Page}: '{cells[0]}' names no test: write one, and name it here";
        foreach (var test in named.Where(name => !tests.Contains(name)))
            yield return $"{Page}: '{cells[0]}' names the test `{test}`, which the tree does not hold";
    }

    private static bool IsCode(SourceTree tree, HashSet<string> code, string name) =>
        name.Contains('/', StringComparison.Ordinal)
            ? tree.Has(name)
            : name == "wwwroot" || code.Contains(name.Split('.')[0]);

    private static IEnumerable<string> NamesIn(string cell) =>
        Named().Matches(cell).Select(name => name.Groups[1].Value);

    private static IEnumerable<string> TestsOf(ClassDeclarationSyntax type) =>
        from method in type.Members.OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(IsTest)
        select type.Identifier.Text + "." + method.Identifier.Text;

    private static bool IsTest(AttributeSyntax attribute) =>
        attribute.Name.ToString() is var name
        && (name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Named();
}
