using System.Text.RegularExpressions;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>Every project is in the solution, so that everything is built and every test is run.</summary>
internal static partial class SolutionGuard
{
    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var solution = tree.Read("Quantum.sln").Replace('\\', '/');
        foreach (var project in tree.Files(".csproj"))
        {
            if (!solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            {
                yield return $"{project}: not in Quantum.sln (dotnet sln Quantum.sln add {project})";
            }

            if (!project.EndsWith(".Tests.csproj", StringComparison.Ordinal) && HoldsTests(tree, project))
            {
                yield return $"{project}: holds tests, which run only where the project's name ends in .Tests";
            }
        }
    }

    private static bool HoldsTests(SourceTree tree, string project) =>
        tree.Files(".cs").Any(file =>
            file.StartsWith(project[..(project.LastIndexOf('/') + 1)], StringComparison.Ordinal)
            && TestAttribute().IsMatch(tree.Read(file)));

    [GeneratedRegex(@"^\s*\[(Fact|Theory|Property)\b", RegexOptions.Multiline)]
    private static partial Regex TestAttribute();
}
