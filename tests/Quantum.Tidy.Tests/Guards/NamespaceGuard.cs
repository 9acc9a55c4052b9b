using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quantum.Tidy.Tests.Guards;

/// <summary>A file's namespace is its project's root namespace and its folders: the name says where to look.</summary>
internal static class NamespaceGuard
{
    /// <summary>Where Aspire's template puts the extensions of a host builder.</summary>
    private const string OfTheHost = "Microsoft.Extensions.Hosting";

    public static IEnumerable<string> Violations(SourceTree tree)
    {
        var roots = tree.Files(".csproj").ToDictionary(FolderOf, project => RootOf(tree, project));
        return
            from file in tree.Files(".cs")
            // A stand-in's namespaces are the library's, and of more libraries than one.
            where !file.StartsWith("compat/", StringComparison.Ordinal)
            let project = roots.Keys.Where(folder => file.StartsWith(folder, StringComparison.Ordinal))
                .MaxBy(folder => folder.Length)
            where project is not null
            let folders = FolderOf(file)[project.Length..].TrimEnd('/').Replace('/', '.')
            let expected = folders.Length == 0 ? roots[project] : $"{roots[project]}.{folders}"
            from node in tree.Nodes(file).OfType<BaseNamespaceDeclarationSyntax>()
            let name = node.Name.ToString()
            where name != expected && name != OfTheHost
            select $"{file}:{SourceTree.LineOf(node)}: namespace {name}, its folder says {expected}";
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string RootOf(SourceTree tree, string project) =>
        XDocument.Parse(tree.Read(project)).Descendants("RootNamespace").FirstOrDefault()?.Value
        ?? Path.GetFileNameWithoutExtension(project);
}
