using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>
/// Tests never sleep to wait: they poll with a deadline. Where a pause is the matter of the test itself, its line says
/// so with the comment <c>// not a wait: reason</c>.
/// </summary>
internal static class WaitGuard
{
    private const string PollingLivesIn = "tests/Quantum.Testing/";
    private const string Excuse = "// not a wait: ";

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from file in tree.Files(".cs")
        where file.StartsWith("tests/", StringComparison.Ordinal) || file.Contains(".Tests/", StringComparison.Ordinal)
        where !file.StartsWith(PollingLivesIn, StringComparison.Ordinal)
        let lines = tree.Lines(file)
        from call in tree.Nodes(file).OfType<MemberAccessExpressionSyntax>()
        let name = $"{call.Expression.ToString().Split('.')[^1]}.{call.Name.Identifier.Text}"
        where name is "Thread.Sleep" or "Task.Delay"
        let line = SourceTree.LineOf(call)
        where !lines[line - 1].Contains(Excuse, StringComparison.Ordinal)
        select $"{file}:{line}: {name}; poll with a deadline instead ({PollingLivesIn.TrimEnd('/')})";
}
