namespace Quantum.Tidy.Tests.Guards;

/// <summary>Every project is in the solution, so that everything is built and every test is run.</summary>
internal static class SolutionGuard
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

            var runsTests = tree.Read(project).Contains("\"Microsoft.NET.Test.Sdk\"", StringComparison.Ordinal);
            if (runsTests != project.EndsWith(".Tests.csproj", StringComparison.Ordinal))
            {
                yield return $"{project}: the name ends in .Tests exactly when it references Microsoft.NET.Test.Sdk";
            }
        }
    }
}
