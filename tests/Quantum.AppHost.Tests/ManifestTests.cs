using System.Text.Json.Nodes;
using Quantum.Contracts.Catalog;

namespace Quantum.AppHost.Tests;

/// <summary>What is deployed: Aspire's own publisher writes it, and the tree keeps what it wrote.</summary>
public sealed class ManifestTests
{
    private static readonly string s_kept = Path.Combine(BuiltAppHost.Root, "aspire-manifest.json");

    [Fact]
    public void The_kept_manifest_is_what_Aspire_publishes()
    {
        var folder = Directory.CreateTempSubdirectory("quantum-manifest-").FullName;
        try
        {
            var file = Path.Combine(folder, "manifest.json");
            var (exitCode, output, error) = BuiltAppHost.Run("--publisher", "manifest", "--output-path", file);
            Assert.True(exitCode == 0, output + error);
            var published = Placed(JsonNode.Parse(File.ReadAllText(file))!, folder);
            var kept = Placed(JsonNode.Parse(File.ReadAllText(s_kept))!, BuiltAppHost.Root);
            Assert.True(
                JsonNode.DeepEquals(kept, published),
                "aspire-manifest.json is not what is published. Write it anew with: dotnet run --project "
                + "Quantum.AppHost -- --publisher manifest --output-path ../aspire-manifest.json\n" + published);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Services_are_the_same_in_catalog_manifest_solution_and_folders()
    {
        var catalog = ServiceHosts.All.Select(host => host.Name).Order().ToList();
        var published = JsonNode.Parse(File.ReadAllText(s_kept))!["resources"]!.AsObject()
            .Where(resource => resource.Value!["type"]!.GetValue<string>() == "project.v0")
            .ToDictionary(resource => resource.Key, resource => resource.Value!["path"]!.GetValue<string>());
        Assert.Equal(catalog, published.Keys.Order());
        foreach (var (name, path) in published)
            Assert.Equal(name, Path.GetFileName(Path.GetDirectoryName(path)));
        var solution = File.ReadAllText(Path.Combine(BuiltAppHost.Root, "Quantum.sln")).Replace('\\', '/');
        Assert.All(published.Values, path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
        Assert.Equal(
            catalog.Append(ServiceHosts.SimulatedExchange).Order(),
            Directory.GetFiles(Path.Combine(BuiltAppHost.Root, "services"), "*.csproj", SearchOption.AllDirectories)
                .Select(project => Path.GetFileName(Path.GetDirectoryName(project))!).Order());
    }

    // Paths stand as they are seen from where the manifest lies.
    private static JsonNode Placed(JsonNode manifest, string folder)
    {
        foreach (var (_, resource) in manifest["resources"]!.AsObject())
        {
            if (resource!["path"] is { } path)
                resource["path"] = Path.GetRelativePath(
                    BuiltAppHost.Root, Path.GetFullPath(Path.Combine(folder, path.GetValue<string>())));
        }

        return manifest;
    }
}
