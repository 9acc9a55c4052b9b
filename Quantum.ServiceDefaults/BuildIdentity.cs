using System.Reflection;

namespace Quantum.ServiceDefaults;

/// <summary>Which program this is: service, version and the exact build.</summary>
public sealed record BuildIdentity(string Service, string Version, string BuildId, string InstanceId)
{
    private const int ShortIdLength = 12;

    /// <summary>Reads the identity of the running process from its entry assembly.</summary>
    public static BuildIdentity OfProcess(string service)
    {
        var assembly = Assembly.GetEntryAssembly() ?? typeof(BuildIdentity).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        // Builds are deterministic, so the module's id names the content even where no commit is stamped.
        var build = assembly.ManifestModule.ModuleVersionId.ToString("N")[..ShortIdLength];
        return new(service, version.Split('+')[0], build, $"{Environment.MachineName}-{Environment.ProcessId}");
    }
}
