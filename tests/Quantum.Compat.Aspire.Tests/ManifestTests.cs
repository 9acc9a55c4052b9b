using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Quantum.Compat.Aspire.Tests;

public sealed class ManifestTests
{
    // Run this by hand to renew the manifest when services change; it is what the failure message says too.
    private const string Renewal =
        "dotnet run --project Quantum.AppHost -- --publisher manifest --output-path ../aspire-manifest.json";

    [Fact]
    public async Task The_shapes_of_a_sample_are_those_of_Aspire()
    {
        var folder = Places.NewFolder();
        var path = Path.Combine(folder, "manifest.json");
        await using var app = new SampleApp("--publisher", "manifest", "--output-path", path);
        app.Builder.AddParameter("mode", "paper", publishValueAsDefault: true);
        var key = app.Builder.AddParameter("key", secret: true);
        var redis = app.Builder.AddRedis("redis").WithDataVolume("redis-data")
            .WithPersistence(TimeSpan.FromSeconds(30), 5);
        var old = app.Builder.AddConnectionString("old");
        var made = app.Builder.AddConnectionString("made", ReferenceExpression.Create($"host,key={key}"));
        var tool = app.Builder.AddExecutable("tool", "tool", folder, "--port", "1")
            .WithHttpEndpoint(targetPort: 9000, env: "PORT");
        app.Builder.AddExecutable("local", "tool", folder).ExcludeFromManifest();
        app.Builder.AddContainer("box", "vendor/box", "1.2").WithBindMount(folder, "/box", isReadOnly: true)
            .WithEndpoint(port: 7, scheme: "tcp");
        AddProject(app, "web").WithExternalHttpEndpoints();
        AddProject(app, "api", null).WithHttpEndpoint().WithHttpEndpoint(name: "other").WithArgs("--x", "y")
            .WithReference(redis).WithReference(old).WithReference(made).WithReference(tool.GetEndpoint("http"))
            .WithEnvironment("KEY", key).WithReplicas(3).WaitFor(redis).WithHttpHealthCheck("/health");
        await app.Application.RunAsync();

        var root = Path.GetRelativePath(folder, Places.Root).Replace('\\', '/');
        var manifest = File.ReadAllText(path).Replace(root, "ROOT");
        var golden = Path.Combine(Places.Root, "tests/Quantum.Compat.Aspire.Tests/Golden/manifest.json");
        if (Environment.GetEnvironmentVariable("RENEW_GOLDEN") is not null)
        {
            File.WriteAllText(golden, manifest);
        }

        Assert.Equal(File.ReadAllText(golden), manifest);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("redis", "d148d83a")]
    [InlineData("rediscontainer", "c16dc063")]
    public async Task The_name_of_a_conditional_text_is_the_one_of_real_Aspire(string name, string hash)
    {
        await using var app = new SampleApp();
        var expression = app.Builder.AddRedis(name).Resource.ConnectionStringExpression;
        Assert.EndsWith($"{{cond-{name}-bindings-tcp-tlsenabled-{hash}.connectionString}}", expression.ValueExpression);
    }

    [Fact]
    public async Task Endpoints_that_a_project_names_in_its_settings_keep_their_names_and_ports()
    {
        var folder = Places.NewFolder();
        File.WriteAllText(Path.Combine(folder, "own.csproj"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), """
            { "Kestrel": { "Endpoints": {
                "web": { "Url": "http://*:5104" },
                    "grpc": { "Url": "http://localhost:5114", "Protocols": "Http2" } } } }
            """);
        var path = Path.Combine(folder, "manifest.json");
        await using (var app = new SampleApp("--publisher", "manifest", "--output-path", path))
        {
            app.Builder.AddProject("own", Path.Combine(folder, "own.csproj"));
            await app.Application.RunAsync();
        }

        var own = JsonNode.Parse(File.ReadAllText(path))!["resources"]!["own"]!;
        Assert.Equal("http://*:{own.bindings.grpc.targetPort}", (string?)own["env"]!["Kestrel__Endpoints__grpc__Url"]);
        Assert.Equal("http://*:{own.bindings.web.targetPort}", (string?)own["env"]!["Kestrel__Endpoints__web__Url"]);
        Assert.Null(own["env"]!["HTTP_PORTS"]);
        Assert.Equal(("http2", 5114),
            ((string?)own["bindings"]!["grpc"]!["transport"], (int)own["bindings"]!["grpc"]!["targetPort"]!));
        Assert.Equal(("http", 5104),
            ((string?)own["bindings"]!["web"]!["transport"], (int)own["bindings"]!["web"]!["targetPort"]!));
        await using var run = new SampleApp();
        var local = run.Builder.AddProject("own", Path.Combine(folder, "own.csproj"));
        Assert.Equal(
            (5104, null), (local.GetEndpoint("web").EndpointAnnotation.Port, local.GetEndpoint("web").TargetPort));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Other_publishers_name_the_package_they_need()
    {
        var wrong = await Assert.ThrowsAsync<NotSupportedException>(async () =>
        {
            await using var app = new SampleApp("--publisher", "docker-compose");
        });
        Assert.Contains("Aspire.Hosting.AppHost", wrong.Message);
    }

    [Fact]
    public async Task The_committed_manifest_is_what_the_AppHost_yields()
    {
        var path = Path.Combine(Places.Root, $"aspire-manifest.{Guid.NewGuid():n}.json");
        try
        {
            var (exitCode, output) = await ProgramRun.ToEndAsync(
                Places.Built("Quantum.AppHost"), ["--publisher", "manifest", "--output-path", path]);
            Assert.True(exitCode == 0, output);
            var (want, is_) = (
                File.ReadAllText(Path.Combine(Places.Root, "aspire-manifest.json")), File.ReadAllText(path));
            Assert.True(Same(want, is_), $"aspire-manifest.json is not current. Renew it: {Renewal}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Alert_settings_are_published_and_their_secrets_asked_for()
    {
        var path = Path.Combine(Places.NewFolder(), "manifest.json");
        var (exitCode, output) = await ProgramRun.ToEndAsync(
            Places.Built("Quantum.AppHost"),
            [
                "--publisher", "manifest", "--output-path", path, "--Watchdog:Telegram:ChatId=-1001",
                "--Watchdog:Telegram:BotToken=hush", "--Watchdog:Webhook:Url=https://hush/hook",
            ]);
        Assert.True(exitCode == 0, output);
        var text = File.ReadAllText(path);
        Assert.DoesNotContain("hush", text);
        var resources = JsonNode.Parse(text)!["resources"]!;
        var env = resources["governance"]!["env"]!;
        Assert.Equal("-1001", (string?)env["Watchdog__Telegram__ChatId"]);
        Assert.Equal("{alert-telegram-bot-token.value}", (string?)env["Watchdog__Telegram__BotToken"]);
        Assert.Equal("{alert-webhook-url.value}", (string?)env["Watchdog__Webhook__Url"]);
        Assert.True((bool?)resources["alert-webhook-url"]!["inputs"]!["value"]!["secret"]);
        Assert.Null(resources["alert-webhook-secret"]);
    }

    /// <summary>Equal to the byte; with the real package, whose details may move with its version, in names and
    /// types.</summary>
    private static bool Same(string want, string actual)
    {
        var hosting = Path.Combine(Path.GetDirectoryName(Places.Built("Quantum.AppHost"))!, "Aspire.Hosting.dll");
        var isStandIn = FileVersionInfo.GetVersionInfo(hosting).FileVersion
            == FileVersionInfo.GetVersionInfo(typeof(DistributedApplication).Assembly.Location).FileVersion;
        return isStandIn ? want == actual : Types(want).SequenceEqual(Types(actual));
    }

    private static IEnumerable<(string Name, string? Type)> Types(string manifest) =>
        JsonNode.Parse(manifest)!["resources"]!.AsObject()
        .Where(r => !r.Key.StartsWith("cond-", StringComparison.Ordinal))
            .Select(r => (r.Key, (string?)r.Value!["type"])).Order();

    private static IResourceBuilder<ProjectResource> AddProject(SampleApp app, string name) =>
        app.Builder.AddProject(name, Places.ServiceProject);

    private static IResourceBuilder<ProjectResource> AddProject(SampleApp app, string name, string? profile) =>
        app.Builder.AddProject(name, Places.ServiceProject, profile);
}
