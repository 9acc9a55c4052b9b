using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Quantum.Compat.Aspire.Tests;

/// <summary>The probe and the swap, in a copy of the build files with a registry of the test's own.</summary>
public sealed class BuildSwitchTests : IDisposable
{
    private static readonly string[] _files =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Solution.targets", "Directory.Packages.props",
        "global.json", "compat/StandIns.props", "compat/StandIns.targets", "compat/AppHost.targets",
        "compat/Probe.targets", "compat/Probe.proj",
    ];

    private readonly string _folder = Places.NewFolder();

    public BuildSwitchTests()
    {
        foreach (var file in _files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.Copy(Path.Combine(Places.Root, file), Path.Combine(_folder, file));
        }

        File.WriteAllText(Path.Combine(_folder, "Empty.sln"), """

            Microsoft Visual Studio Solution File, Format Version 12.00
            Global
            EndGlobal
            """);
        Directory.CreateDirectory(Path.Combine(_folder, "feed"));
    }

    private string Marker => Path.Combine(_folder, ".quantum/compat");

    [Fact]
    public async Task A_registry_without_the_packages_means_the_stand_ins_and_is_asked_once()
    {
        UseRegistry("feed");
        var first = await BuildAsync("Empty.sln", "-t:Restore");
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Equal("true", File.ReadAllText(Marker).Trim());
        var second = await BuildAsync("Empty.sln", "-t:Restore");
        Assert.DoesNotContain("Asking", second.Output);
        var again = await BuildAsync("Empty.sln", "-t:QuantumProbe");
        Assert.Contains("Asking", again.Output);
    }

    [Fact]
    public async Task A_registry_with_the_packages_means_the_real_ones()
    {
        var standIns = XDocument.Load(Path.Combine(_folder, "compat/StandIns.props")).Descendants("StandIn");
        var versions = XDocument.Load(Path.Combine(_folder, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")!.Value);
        foreach (var name in standIns.Select(e => e.Attribute("Include")!.Value))
        {
            AddPackage(name, versions[name]);
        }

        var globalJson = File.ReadAllText(Path.Combine(_folder, "global.json"));
        AddPackage("Aspire.AppHost.Sdk", Regex.Match(globalJson, "\"Aspire.AppHost.Sdk\": \"(.+?)\"").Groups[1].Value);
        UseRegistry("feed");
        var build = await BuildAsync("Empty.sln", "-t:Restore");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal("false", File.ReadAllText(Marker).Trim());
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_an_error_and_nothing_is_remembered()
    {
        UseRegistry("http://127.0.0.1:1/index.json");
        var build = await BuildAsync("Empty.sln", "-t:Restore");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("did not answer", build.Output);
        Assert.Contains("-p:Compat=true", build.Output);
        Assert.False(File.Exists(Marker), "a marker was written");
        var forced = await BuildAsync("Empty.sln", "-t:Restore", "-p:Compat=true");
        Assert.True(forced.ExitCode == 0, forced.Output);
    }

    [Theory]
    [InlineData("true", "", true)]
    [InlineData("false", "", false)]
    [InlineData(null, "", false)]
    [InlineData("true", "false", false)]
    [InlineData("false", "true", true)]
    public async Task The_marker_decides_unless_it_is_forced(string? marker, string forced, bool usesStandIn)
    {
        if (marker is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Marker)!);
            File.WriteAllText(Marker, $"{marker}\n");
        }

        File.WriteAllText(Path.Combine(_folder, "Some.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <PackageReference Include="Aspire.Hosting.AppHost" />
                <PackageReference Include="Aspire.Hosting.Redis" />
                <PackageReference Include="Polly.Core" />
              </ItemGroup>
            </Project>
            """);
        string[] force = forced.Length == 0 ? [] : [$"-p:Compat={forced}"];
        var build = await BuildAsync(
            "Some.csproj", ["-getItem:PackageReference", "-getItem:ProjectReference", .. force]);
        var standIns = Regex.Count(build.Output, "\"Identity\": \".*Aspire.Hosting.csproj\"");
        Assert.Equal(usesStandIn ? 1 : 0, standIns);
        Assert.Equal(!usesStandIn, build.Output.Contains("\"Identity\": \"Aspire.Hosting.Redis\""));
        Assert.Contains("\"Identity\": \"Polly.Core\"", build.Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int ExitCode, string Output)> BuildAsync(string project, params string[] args) =>
        ProgramRun.ToEndAsync(
        "dotnet",
        ["msbuild", Path.Combine(_folder, project), "-nologo", "-nodeReuse:false", .. args],
        ("NUGET_PACKAGES", Path.Combine(_folder, "packages")), ("Compat", ""));

    private void UseRegistry(string source) => File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
        <configuration>
          <packageSources><clear /><add key="only" value="{source}" allowInsecureConnections="true" /></packageSources>
          <fallbackPackageFolders><clear /></fallbackPackageFolders>
        </configuration>
        """);

    private void AddPackage(string name, string version)
    {
        using var file = ZipFile.Open(Path.Combine(_folder, "feed", $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using var text = new StreamWriter(file.CreateEntry($"{name}.nuspec").Open());
        text.Write($"""
            <package><metadata>
              <id>{name}</id><version>{version}</version><authors>test</authors><description>test</description>
            </metadata></package>
            """);
    }
}
