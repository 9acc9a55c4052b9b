using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// What the product declares and nothing in the product names: tests and benchmarks do not count as users. By name, so a
/// member that shares its name with a used one is not found; none that is used is reported.
/// </summary>
internal static class UnusedGuard
{
    private static readonly string[] s_product = ["core/", "services/", "tools/", "Quantum."];

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var files = tree.Files(".cs")
            .Where(file => s_product.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .ToDictionary(file => file, file => CSharpSyntaxTree.ParseText(tree.Read(file)).GetRoot());
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in files.Values)
        {
            foreach (var token in root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
                if (!IsDeclaration(token)) used.Add(token.ValueText);
        }

        foreach (var (file, root) in files)
        {
            foreach (var (node, name) in root.DescendantNodes().SelectMany(Declared))
                if (!used.Contains(name))
                    yield return $"{file}:{SourceTree.LineOf(node)}: nothing in the product uses {name}: remove it";
        }
    }

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

    private static IEnumerable<(SyntaxNode Node, string Name)> Declared(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => [(type, type.Identifier.ValueText)],
        DelegateDeclarationSyntax type => [(type, type.Identifier.ValueText)],
        MethodDeclarationSyntax method when IsOwn(method.Modifiers, method.ExplicitInterfaceSpecifier) =>
            [(method, method.Identifier.ValueText)],
        PropertyDeclarationSyntax property when IsOwn(property.Modifiers, property.ExplicitInterfaceSpecifier) =>
            [(property, property.Identifier.ValueText)],
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(v => ((SyntaxNode)v, v.Identifier.ValueText)),
        _ => [],
    };

    private static bool IsOwn(SyntaxTokenList modifiers, ExplicitInterfaceSpecifierSyntax? implemented) =>
        implemented is null && !modifiers.Any(SyntaxKind.OverrideKeyword);
}
