using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>No type's name ends in a word that says nothing of what it does.</summary>
internal static partial class NameGuard
{
    private static readonly string[] s_banned =
    [
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Processor", "Engine",
        "Data", "Info", "Base", "Impl", "Desk", "Keeper",
    ];

    /// <summary>Names that come from the streams and roles of the catalog.</summary>
    private static readonly string[] s_allowed = ["MarketData", "AiEngine"];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        EmptyWords(tree).Concat(FalseGateways(tree)).Concat(TwoOfOneName(tree));

    // One word, one meaning: who reads "gateway" expects what the runner drives.
    private static IEnumerable<string> FalseGateways(SourceTree tree) =>
        from file in tree.Files(".cs")
        where SourceTree.IsOfTheSystem(file)
        from type in tree.Nodes(file).OfType<ClassDeclarationSyntax>()
        let name = type.Identifier.Text
        where name.EndsWith("Gateway", StringComparison.Ordinal) && name != "Gateway"
            && !SourceTree.BasesOf(type).Contains("Gateway", StringComparer.Ordinal)
        select $"{file}: {name} does not derive from Gateway; name it by what it is, a store, publisher or channel";

    // What is built together is read side by side: the state class of one role must not be taken for another's.
    private static IEnumerable<string> TwoOfOneName(SourceTree tree) =>
        from file in tree.Files(".cs")
        where SourceTree.IsOfTheProduct(file)
        from type in tree.Nodes(file).OfType<BaseTypeDeclarationSyntax>()
        where type.Parent is BaseNamespaceDeclarationSyntax && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
        let arity = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0
        group file by (SourceTree.ProjectOf(file), type.Identifier.Text, arity) into known
        where known.Distinct().Count() > 1
        select $"{string.Join(" and ", known)}: both have a type {known.Key.Text}; one name, one meaning";

    // A stand-in's names are the library's own.
    private static IEnumerable<string> EmptyWords(SourceTree tree) =>
        from file in tree.Files(".cs")
        where !file.StartsWith("compat/", StringComparison.Ordinal)
        from node in tree.Nodes(file)
        let name = node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => null,
        }
        where name is not null && !s_allowed.Contains(name, StringComparer.Ordinal)
        let last = LastWord().Match(name).Value
        where s_banned.Contains(last, StringComparer.Ordinal)
        select $"{file}: the name {name} ends in '{last}'; name what it does";

    [GeneratedRegex("[A-Z]?[a-z0-9]*$")]
    private static partial Regex LastWord();
}
