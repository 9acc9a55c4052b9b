using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>A PostgreSQL server of this machine, with its data in a folder of the run.</summary>
internal sealed class LocalPostgresResource(string name, string program, string folder, int port, string password)
    : ExecutableResource(name, program, folder), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{string.Create(CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username={LocalPostgres.User};Password={password};Database=postgres")}");
}

/// <summary>Makes the server's folder and adds it.</summary>
internal static class LocalPostgres
{
    /// <summary>Who the journal belongs to.</summary>
    public const string User = "quantum";

    // PostgreSQL does not run as root: Debian's package brings this user.
    private const string Unprivileged = "postgres";

    /// <summary>Adds the server; its folder and password stay from run to run.</summary>
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(
        this IDistributedApplicationBuilder builder, string name, string folder)
    {
        var secret = folder + ".password";
        if (!File.Exists(secret)) PrivateFile.Write(secret, PrivateFile.NewPassword());
        var data = Path.Combine(folder, "data");
        if (!File.Exists(Path.Combine(data, "PG_VERSION"))) Make(folder, data, secret);
        var port = FreePort.Next();
        var command = AsUser(InstalledProgram.Find("postgres")!);
        var server = new LocalPostgresResource(name, command[0], folder, port, File.ReadAllText(secret));
        var key = $"{name}_ready";
        builder.Services.AddHealthChecks().AddNpgSql(
            _ => server.ConnectionStringExpression.GetValueAsync(default).AsTask().GetAwaiter().GetResult()!,
            name: key);
        string[] arguments =
        [
            .. command[1..], "-D", data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "",
        ];
        return builder.AddResource(server)
            .WithArgs([.. arguments])
            .WithEndpoint(port: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithIconName("Database")
            .WithHealthCheck(key)
            .ExcludeFromManifest();
    }

    private static void Make(string folder, string data, string secret)
    {
        Directory.CreateDirectory(folder);
        var words = Path.Combine(folder, "first-password");
        PrivateFile.Write(words, File.ReadAllText(secret));
        if (Environment.IsPrivilegedProcess) Run(["chown", "-R", Unprivileged, folder]);
        Run(AsUser(
            InstalledProgram.Find("initdb")!, "-D", data, "-U", User, "-A", "scram-sha-256", "-E", "UTF8",
            $"--pwfile={words}"));
        File.Delete(words);
    }

    private static string[] AsUser(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? ["setpriv", $"--reuid={Unprivileged}", $"--regid={Unprivileged}", "--clear-groups", program, .. arguments]
            : [program, .. arguments];

    private static void Run(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return;
        throw new DistributedApplicationException(
            $"--journal postgres: '{string.Join(' ', command)}' ended with exit code {process.ExitCode}: "
            + error.GetAwaiter().GetResult().Trim().Replace('\n', ' ')
            + " Choose another folder with --folder DIR, or keep the journal in sqlite.");
    }
}
