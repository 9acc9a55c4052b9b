using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests;

/// <summary>A folder of sources: the repository, or a small one that a test wrote.</summary>
internal sealed class SourceTree(string root)
{
    private static readonly string[] s_ignored =
        ["bin", "obj", ".git", ".quantum", ".vs", ".idea", "artifacts", "node_modules", "TestResults"];

    /// <summary>The repository that these tests were built from.</summary>
    public static SourceTree Repository { get; } = new(FindRepository());

    public string Root { get; } = root;

    /// <summary>Paths below the root with forward slashes, sorted; build output is left out.</summary>
    public IReadOnlyList<string> Files(params string[] endings) =>
        [.. Walk(Root)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => endings.Length == 0 || endings.Any(e => file.EndsWith(e, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    public bool Has(string path) => File.Exists(Full(path)) || Directory.Exists(Full(path));

    public string Read(string path) => File.ReadAllText(Full(path));

    /// <summary>Every syntax node of a C# file.</summary>
    public IEnumerable<SyntaxNode> Nodes(string path) =>
        CSharpSyntaxTree.ParseText(Read(path)).GetRoot().DescendantNodes();

    /// <summary>The line a node starts on, counted from 1; its documentation does not count.</summary>
    public static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1;

    /// <summary>True for what runs in a service: core and services.</summary>
    public static bool IsOfTheSystem(string path) =>
        path.StartsWith("core/", StringComparison.Ordinal) || path.StartsWith("services/", StringComparison.Ordinal);

    /// <summary>True for what is delivered: core, services, tools, and what stands beside them.</summary>
    public static bool IsOfTheProduct(string path) => IsOfTheSystem(path)
        || path.StartsWith("tools/", StringComparison.Ordinal) || path.StartsWith("Quantum.", StringComparison.Ordinal);

    /// <summary>The folder of the project that a file of the product belongs to.</summary>
    public static string ProjectOf(string path) => string.Join(
        '/', path.Split('/').Take(path.StartsWith("Quantum.", StringComparison.Ordinal) ? 1 : 2));

    /// <summary>The simple names of what a type says it derives from, without type arguments.</summary>
    public static IEnumerable<string> BasesOf(TypeDeclarationSyntax type) =>
        (type.BaseList?.Types ?? []).Select(known => known.Type.ToString().Split('<')[0].Split('.')[^1]);

    public string[] Lines(string path) => File.ReadAllLines(Full(path));

    private string Full(string path) => Path.Combine(Root, path);

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Where(IsSource)
            .Concat(Directory.EnumerateDirectories(folder).Where(IsSource).SelectMany(Walk));

    private static bool IsSource(string path) => !s_ignored.Contains(Path.GetFileName(path), StringComparer.Ordinal);

    [SuppressMessage("Design", "CA1065", Justification = "without the repository no test here means anything")]
    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Quantum.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No Quantum.sln above {AppContext.BaseDirectory}: run the tests where they were built.");
    }
}
