using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>How long files, methods and lines may be, and how many public types a file may hold.</summary>
internal static class SizeGuard
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;
    private const int MaxColumns = 120;

    /// <summary>A record, enum or delegate up to this long may stand beside the type that owns it.</summary>
    private const int SmallTypeLines = 20;

    public static IEnumerable<string> Violations(SourceTree tree) =>
        tree.Files(".cs").SelectMany(file => OfFile(file, tree.Read(file)));

    private static IEnumerable<string> OfFile(string file, string text)
    {
        var lines = text.Split('\n');
        var count = text.EndsWith('\n') ? lines.Length - 1 : lines.Length;
        if (count > MaxFileLines)
        {
            yield return $"{file}: {count} lines, at most {MaxFileLines}";
        }

        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimEnd('\r').Length > MaxColumns)
            {
                yield return $"{file}:{i + 1}: {lines[i].Length} columns, at most {MaxColumns}";
            }
        }

        var unit = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();
        foreach (var violation in OfMethods(file, unit).Concat(OfTypes(file, unit)))
        {
            yield return violation;
        }
    }

    private static IEnumerable<string> OfMethods(string file, CompilationUnitSyntax unit) =>
        from node in unit.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let size = LinesOf(node)
        where size > MaxMethodLines
        select $"{file}:{SourceTree.LineOf(node)}: {NameOf(node)} has {size} lines, at most {MaxMethodLines}";

    private static IEnumerable<string> OfTypes(string file, CompilationUnitSyntax unit)
    {
        var large = unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member.Modifiers.Any(SyntaxKind.PublicKeyword) && !IsSmall(member))
            .Select(TypeName)
            .OfType<string>()
            .Distinct()
            .ToList();
        var names = string.Join(", ", large);
        return large.Count > 1 ? [$"{file}: {large.Count} public types ({names}), at most one per file"] : [];
    }

    private static bool IsSmall(MemberDeclarationSyntax member) =>
        member is EnumDeclarationSyntax or DelegateDeclarationSyntax or RecordDeclarationSyntax
        && LinesOf(member) <= SmallTypeLines;

    private static string? TypeName(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => node.Kind().ToString(),
    };

    // Span leaves the leading documentation out.
    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
