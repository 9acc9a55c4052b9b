using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>No type's name ends in a word that says nothing of what it does.</summary>
internal static partial class NameGuard
{
    private static readonly string[] _banned =
    [
        "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Processor", "Engine",
        "Data", "Info", "Base", "Impl",
    ];

    /// <summary>Names that come from the streams and roles of the catalog.</summary>
    private static readonly string[] _allowed = ["MarketData", "AiEngine"];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files(".cs")
        from node in tree.Nodes(file)
        let name = node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => null,
        }
        where name is not null && !_allowed.Contains(name, StringComparer.Ordinal)
        let last = LastWord().Match(name).Value
        where _banned.Contains(last, StringComparer.Ordinal)
        select $"{file}: the name {name} ends in '{last}'; name what it does";

    [GeneratedRegex("[A-Z]?[a-z0-9]*$")]
    private static partial Regex LastWord();
}
