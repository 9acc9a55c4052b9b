using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// What the product declares and nothing in the product names: tests and benchmarks do not count as users. By name: a
/// dead member that shares its name with a used one is not found, but none that is used is reported.
/// </summary>
internal static partial class UnusedGuard
{
    /// <summary>Ground that only simulations, tests and benchmarks stand on.</summary>
    private static readonly string[] s_ground = ["core/Quantum.InProcess/", "core/Quantum.Simulation/Hostile/"];

    /// <summary>What a framework calls by its interface.</summary>
    private static readonly string[] s_called =
        ["CheckHealthAsync", "StartAsync", "StopAsync", "DisposeAsync", "Dispose", "Invoke", "InvokeAsync"];

    /// <summary>What stays although only tests use it, and why.</summary>
    private static readonly Dictionary<string, string> s_kept = new(StringComparer.Ordinal)
    {
        ["RoundTripFindings"] = "tests send a sample of each event through the wire, so that no service has to",
        ["HasLegacyForm"] = "tells tests which streams have older forms to be read",
        ["Opposite"] = "Sides is whole with it",
        ["VolatilityOf"] = "the generator's law, which tests compare the path with",
        ["ExpectedReturn"] = "the planted rule, which tests and the bench's oracle know",
        ["IsClamped"] = "says of the audited formula what the product passes over",
        ["WinRate"] = "what a model record is about",
        ["MeanR"] = "what a model record is about",
        ["CandlesSent"] = "counts what must not be conflated",
        ["ReceiveCapacityBytes"] = "shows that a buffer shrinks again",
        ["Raw"] = "a reply as it came",
        ["CountedBy"] = "what tests hold the roles' counters to",
        ["EquityAfterClosingUsd"] = "a member of the summary's JSON",
        ["MemoryRateBudget"] = "the budget of a process alone, which the shared one is held to",
        ["With"] = "the symbols that tests add to the default ones",
    };

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var files = tree.Files(".cs")
            .Where(SourceTree.IsOfTheProduct)
            .ToDictionary(file => file, file => CSharpSyntaxTree.ParseText(tree.Read(file)).GetRoot());
        var used = files.Values
            .SelectMany(root => root.DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && !IsDeclaration(token))
            .Select(token => token.ValueText)
            .Concat(NamedInPages(tree))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (file, root) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (s_ground.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))) continue;
            foreach (var (node, name) in root.DescendantNodes().SelectMany(Declared))
            {
                if (used.Contains(name) || used.Contains(UsedAs(name))) continue;
                if (s_kept.ContainsKey(name) || s_called.Contains(name)) continue;
                yield return $"{file}:{SourceTree.LineOf(node)}: nothing in the product uses {name}: put it to work or "
                    + "remove it";
            }
        }
    }

    // A page's markup is no C# that could be parsed here: every word of it counts as a use.
    private static IEnumerable<string> NamedInPages(SourceTree tree) =>
        from file in tree.Files(".razor")
        where SourceTree.IsOfTheProduct(file)
        from Match word in Word().Matches(tree.Read(file))
        select word.Value;

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();

    // An attribute is named without its last word.
    private static string UsedAs(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;

    private static bool IsDeclaration(SyntaxToken token) => token.Parent switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier == token,
        DelegateDeclarationSyntax type => type.Identifier == token,
        MethodDeclarationSyntax method => method.Identifier == token,
        PropertyDeclarationSyntax property => property.Identifier == token,
        EnumMemberDeclarationSyntax member => member.Identifier == token,
        VariableDeclaratorSyntax variable => variable.Identifier == token,
        ConstructorDeclarationSyntax constructor => constructor.Identifier == token,
        _ => false,
    };

    // A static class is used through its members; a constant of an enum may come over the wire.
    private static IEnumerable<(SyntaxNode Node, string Name)> Declared(SyntaxNode node) => node switch
    {
        ClassDeclarationSyntax type when type.Modifiers.Any(SyntaxKind.StaticKeyword) => [],
        BaseTypeDeclarationSyntax type => [(type, type.Identifier.ValueText)],
        DelegateDeclarationSyntax type => [(type, type.Identifier.ValueText)],
        MethodDeclarationSyntax method when IsOwn(method.Modifiers, method.ExplicitInterfaceSpecifier) =>
            [(method, method.Identifier.ValueText)],
        PropertyDeclarationSyntax property when IsOwn(property.Modifiers, property.ExplicitInterfaceSpecifier) =>
            [(property, property.Identifier.ValueText)],
        FieldDeclarationSyntax field =>
            field.Declaration.Variables.Select(variable => ((SyntaxNode)variable, variable.Identifier.ValueText)),
        _ => [],
    };

    private static bool IsOwn(SyntaxTokenList modifiers, ExplicitInterfaceSpecifierSyntax? implemented) =>
        implemented is null && !modifiers.Any(SyntaxKind.OverrideKeyword);
}
