using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// A role keeps its secrets: a type of the roles is public only where something of the product outside names it, or
/// where a public member of such a type does. How a role decides and what it remembers is internal.
/// </summary>
internal static class SecretGuard
{
    private const string Roles = "core/Quantum.Roles/";

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var named = NamedOutside(tree);
        var types = tree.Files(".cs")
            .Where(file => file.StartsWith(Roles, StringComparison.Ordinal))
            .SelectMany(file => tree.Nodes(file).OfType<BaseTypeDeclarationSyntax>().Where(IsPublic)
                .Select(type => (File: file, Type: type, Name: type.Identifier.Text)))
            .ToList();
        // What a public member tells of must be public as well, and so on.
        for (var known = 0; known != named.Count;)
        {
            known = named.Count;
            foreach (var (_, type, name) in types)
                if (named.Contains(name)) named.UnionWith(NamesOf(Signatures(type)));
        }

        return
            from known in types
            where !named.Contains(known.Name)
            select $"{known.File}:{SourceTree.LineOf(known.Type)}: nothing outside of the roles names {known.Name}: "
                + "make it internal";
    }

    private static HashSet<string> NamedOutside(SourceTree tree) =>
    [
        .. from file in tree.Files(".cs")
           where SourceTree.IsOfTheProduct(file) && !file.StartsWith(Roles, StringComparison.Ordinal)
           from name in NamesOf(tree.Nodes(file))
           select name,
    ];

    private static IEnumerable<string> NamesOf(IEnumerable<SyntaxNode> nodes) =>
        nodes.OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text);

    // A body is nobody's business but the type's.
    private static IEnumerable<SyntaxNode> Signatures(BaseTypeDeclarationSyntax type) =>
        from node in type.DescendantNodes(
            node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)
                && (node is not MemberDeclarationSyntax member || member == type || IsSeen(member)))
        where node is SimpleNameSyntax
        select node;

    private static bool IsSeen(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.ProtectedKeyword);

    private static bool IsPublic(BaseTypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword)
        && type.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(IsPublic);
}
