using System.Diagnostics;
using System.Text.Json.Nodes;
using Quantum.Contracts.Access;
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

    [Theory]
    [InlineData("*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n2\r\n*1\r\n$4\r\nEX", true)]
    [InlineData("*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n2\r\n", true)]
    [InlineData("*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1", true)]
    [InlineData("*1\r\n$4\r\nPING\r\n", false)]
    [InlineData("no command at all", false)]
    public void A_container_of_Redis_takes_a_torn_transaction_off_its_file_before_it_starts(string end, bool isTorn)
    {
        const string Whole = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n";
        var folder = Directory.CreateTempSubdirectory("quantum-torn-").FullName;
        try
        {
            var files = Directory.CreateDirectory(Path.Combine(folder, "appendonlydir")).FullName;
            var file = Path.Combine(files, "appendonly.aof.1.incr.aof");
            File.WriteAllText(file, Whole + end);
            File.WriteAllText(
                Path.Combine(files, "appendonly.aof.manifest"), "file appendonly.aof.1.incr.aof seq 1 type i\n");
            var redis = JsonNode.Parse(File.ReadAllText(s_kept))!["resources"]!["redis"]!;
            var line = redis["args"]![1]!.GetValue<string>().Replace("/data", folder, StringComparison.Ordinal);
            var server = line.IndexOf("exec redis-server", StringComparison.Ordinal);
            Assert.True(server > 0, line);
            var start = new ProcessStartInfo(redis["entrypoint"]!.GetValue<string>()) { RedirectStandardOutput = true };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(line[..server]);
            using var shell = Process.Start(start)!;
            shell.StandardOutput.ReadToEnd();
            shell.WaitForExit();
            Assert.Equal(isTorn ? Whole : Whole + end, File.ReadAllText(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void No_password_is_an_argument_and_each_service_has_its_own()
    {
        var resources = JsonNode.Parse(File.ReadAllText(s_kept))!["resources"]!.AsObject();
        var line = resources["redis"]!["args"]![1]!.GetValue<string>();
        var server = line[line.IndexOf("exec redis-server", StringComparison.Ordinal)..];
        Assert.DoesNotContain("PASSWORD", server, StringComparison.Ordinal);
        Assert.Contains("--aclfile ", server, StringComparison.Ordinal);
        foreach (var host in ServiceHosts.All)
        {
            var environment = resources[host.Name]!["env"]!.AsObject();
            Assert.Contains(
                $"user={host.Name},password={{redis-{host.Name}-password.value}}",
                environment["ConnectionStrings__redis"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.False(environment.ContainsKey("REDIS_PASSWORD"), host.Name);
        }
    }

    [Fact]
    public void The_containers_shell_writes_a_file_of_users_that_a_server_takes()
    {
        var folder = Directory.CreateTempSubdirectory("quantum-users-").FullName;
        try
        {
            var redis = JsonNode.Parse(File.ReadAllText(s_kept))!["resources"]!["redis"]!;
            var file = Path.Combine(folder, "users.acl");
            var line = redis["args"]![1]!.GetValue<string>()
                .Replace("/dev/shm/redis-users.acl", file, StringComparison.Ordinal);
            var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
            start.ArgumentList.Add("-c");
            var (from, to) = (line.IndexOf("printf", StringComparison.Ordinal),
                line.IndexOf("exec redis-server", StringComparison.Ordinal));
            start.ArgumentList.Add(line[from..to]);
            foreach (var (variable, _) in redis["env"]!.AsObject()) start.Environment[variable] = "of-" + variable;
            using (var shell = Process.Start(start)!) shell.WaitForExit();
            Assert.Equal(
                RedisUsers.File(RedisUsers.All(isTape: false), user => user == RedisUsers.Operator
                    ? ">of-REDIS_PASSWORD"
                    : ">of-REDIS_PASSWORD_" + user.ToUpperInvariant().Replace('-', '_')),
                File.ReadAllText(file));
            // It would not start with a rule that it does not know.
            using var server = RedisServer.Start(new RedisServerOptions
            {
                Password = "of-REDIS_PASSWORD", Arguments = ["--aclfile", file],
            });
            Assert.True(server.ProcessId > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
