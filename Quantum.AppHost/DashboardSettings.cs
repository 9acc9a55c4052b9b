using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Quantum.AppHost;

/// <summary>
/// Where Aspire's dashboard and its two inner endpoints answer: plain HTTP on the loopback address, so that nobody is
/// asked for a certificate. What the environment says already (a launch profile, the Aspire command line) stays.
/// </summary>
internal static class DashboardSettings
{
    private const int UsualPort = 15_100;
    private const string Urls = "ASPNETCORE_URLS";

    /// <summary>The settings as arguments of the host.</summary>
    public static IEnumerable<string> Arguments()
    {
        if (Environment.GetEnvironmentVariable(Urls) is { Length: > 0 }) yield break;
        yield return Setting(Urls, FreePort.NextFrom(UsualPort));
        yield return Setting("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", FreePort.Next());
        yield return Setting("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", FreePort.Next());
        yield return "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true";
    }

    /// <summary>Its address alone; null when there is no dashboard.</summary>
    public static string? PlainUrl(IConfiguration configuration) => configuration[Urls]?.Split(';')[0];

    /// <summary>The address that logs in; null when there is no dashboard.</summary>
    public static string? LoginUrl(IConfiguration configuration)
    {
        if (PlainUrl(configuration) is not { } url) return null;
        return configuration["AppHost:BrowserToken"] is { Length: > 0 } token ? $"{url}/login?t={token}" : url;
    }

    private static string Setting(string name, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"--{name}=http://127.0.0.1:{port}");
}
