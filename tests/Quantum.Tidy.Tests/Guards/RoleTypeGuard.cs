using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// No role declares a field, property, parameter, local or result of a banned type: the analyzer of banned symbols sees
/// only what is called and created.
/// </summary>
internal static class RoleTypeGuard
{
    private const string Roles = "core/Quantum.Roles/";
    private const string List = Roles + "BannedSymbols.txt";

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var banned = tree.Lines(List)
            .Where(line => line.StartsWith("T:", StringComparison.Ordinal))
            .Select(line => line.Split(';')[0].Split('.')[^1])
            .ToHashSet(StringComparer.Ordinal);
        return
            from file in tree.Files(".cs")
            where file.StartsWith(Roles, StringComparison.Ordinal)
            from name in tree.Nodes(file).OfType<SimpleNameSyntax>()
            where StandsForAType(name) && banned.Contains(WithArity(name))
            select $"{file}:{SourceTree.LineOf(name)}: {name} is a banned type; {List} says what to use";
    }

    private static string WithArity(SimpleNameSyntax name) =>
        name is GenericNameSyntax generic ? $"{name.Identifier.Text}`{generic.Arity}" : name.Identifier.Text;

    private static bool StandsForAType(SimpleNameSyntax name)
    {
        TypeSyntax type = name;
        while (type.Parent is QualifiedNameSyntax or NullableTypeSyntax or ArrayTypeSyntax)
        {
            // The left side of a qualified name is a namespace.
            if (type.Parent is QualifiedNameSyntax qualified && qualified.Left == type)
            {
                return false;
            }

            type = (TypeSyntax)type.Parent;
        }

        return type.Parent switch
        {
            VariableDeclarationSyntax or TypeArgumentListSyntax or BaseTypeSyntax => true,
            ParameterSyntax => true,
            PropertyDeclarationSyntax property => property.Type == type,
            MethodDeclarationSyntax method => method.ReturnType == type,
            LocalFunctionStatementSyntax function => function.ReturnType == type,
            _ => false,
        };
    }
}
