using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// Who may look and act in a deployment, which listens off loopback and so does not start without: a login for the
/// console, a key for governance. A run listens on loopback alone and needs neither.
/// </summary>
internal static class Access
{
    // Which names a deployment is reached by is known once it stands; a login and a key hold meanwhile.
    private const string EveryHost = "*";

    /// <summary>
    /// Gives the published console its first operator, which the deployment asks for, and that of a run the keys which
    /// <c>./quantum api-key</c> makes.
    /// </summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithLogin(
        this IResourceBuilder<IResourceWithEnvironment> console, IDistributedApplicationBuilder builder,
        RunFolder run) =>
        builder.ExecutionContext.IsRunMode
            ? console.WithOwn(
                builder.Configuration, "Access:KeysPath", Path.Combine(run.Path, RunFiles.ApiKeys),
                PlainSettings.RunFolder.Mend)
            : console
                .WithEnvironment("Http__Hosts", builder.AddParameter("console-hosts", EveryHost, true))
                .WithEnvironment("Access__Users__0__Name", builder.AddParameter("console-user"))
                .WithEnvironment("Access__Users__0__Role", "operator")
                .WithEnvironment(
                    "Access__Users__0__PasswordHash", builder.AddParameter("console-password-hash", secret: true));

    /// <summary>Gives the published governance the key of its operator's words.</summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithKey(
        this IResourceBuilder<IResourceWithEnvironment> governance, IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsRunMode
            ? governance
            : governance
                .WithEnvironment("Http__Hosts", EveryHost)
                .WithEnvironment("Control__Key", builder.AddParameter("control-key", secret: true));
}
