using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// The handlers of roles and gateways are methods named <c>On</c> and what comes: a constructor reads as a table, and a
/// handler is found by its name.
/// </summary>
internal static class HandlerGuard
{
    private static readonly string[] s_owners = ["Role", "Gateway"];
    private static readonly string[] s_registrations = ["On", "OnClock"];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files(".cs")
        where SourceTree.IsOfTheSystem(file)
        from type in tree.Nodes(file).OfType<ClassDeclarationSyntax>()
        where SourceTree.BasesOf(type).Intersect(s_owners, StringComparer.Ordinal).Any()
        from call in type.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is IdentifierNameSyntax name
            && s_registrations.Contains(name.Identifier.Text, StringComparer.Ordinal)
        let handler = call.ArgumentList.Arguments.LastOrDefault()?.ToString() ?? "nothing"
        where !handler.StartsWith("On", StringComparison.Ordinal)
        select $"{file}:{SourceTree.LineOf(call)}: {type.Identifier.Text} handles with {handler}; name a method On…";
}
