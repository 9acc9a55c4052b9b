using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>An endpoint that a project names in its own settings, under <c>Kestrel:Endpoints</c>.</summary>
internal sealed record KestrelEndpoint(string Name, Uri Url, bool IsHttp2)
{
    /// <summary>The endpoints of a project; the only one of a scheme bears the scheme's name.</summary>
    public static IReadOnlyList<KestrelEndpoint> Read(string projectPath)
    {
        var folder = Path.GetDirectoryName(projectPath)!;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(folder, $"appsettings.{environment}.json"), optional: true)
            .Build();
        var standard = settings["Kestrel:EndpointDefaults:Protocols"];
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is not null)
            .Select(section => new KestrelEndpoint(
                section.Key, LaunchProfile.Address(section["Url"]!), (section["Protocols"] ?? standard) == "Http2"))
            .ToList();
        return
        [
            .. endpoints.Select(e => endpoints.Count(other => other.Url.Scheme == e.Url.Scheme) == 1
                ? e with { Name = e.Url.Scheme } : e),
        ];
    }
}
