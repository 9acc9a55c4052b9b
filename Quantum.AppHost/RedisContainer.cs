namespace Quantum.AppHost;

/// <summary>A Redis in a container, of this machine or of a deployment.</summary>
internal static class RedisContainer
{
    // What AppendOnlyFile does for a local server, for one in a container.
    private const string MakeWhole =
        "for f in /data/appendonlydir/*.manifest; do redis-check-aof $f 2>&1"
        + " | grep -Eq 'Reached EOF before|Expected to read|Expected .r.n, got'"
        + " && echo y | redis-check-aof --fix $f; done;";

    private const string UsersFile = "/dev/shm/redis-users.acl";

    // Aspire's own, which the file of users stands for; arguments are open to everyone who sees the processes.
    private const string PasswordArgument = " --requirepass $REDIS_PASSWORD";

    /// <summary>Adds it; its data stays in a volume.</summary>
    public static IResourceBuilder<RedisResource> Add(
        IDistributedApplicationBuilder builder, string name, RunFolder run, RedisPasswords passwords)
    {
#pragma warning disable ASPIRECERTIFICATES001 // The opt-out is experimental; Redis stays inside, without TLS.
        var redis = builder.AddRedis(name, password: builder.CreateResourceBuilder(passwords.Operator))
            .WithoutHttpsCertificate()
            .WithDataVolume(run.VolumeOf(name))
            .WithArgs(context => AddSettings(context, passwords));
#pragma warning restore ASPIRECERTIFICATES001
        foreach (var (variable, password) in passwords.Variables) redis.WithEnvironment(variable, password);
        return redis;
    }

    /// <summary>The way in of one service; null where it has no user of its own.</summary>
    public static ReferenceExpression? ConnectionOf(RedisResource redis, string service, RedisPasswords passwords)
    {
        if (passwords.Of(service) is not { } password) return null;
        var host = redis.PrimaryEndpoint.Property(EndpointProperty.Host);
        var port = redis.PrimaryEndpoint.Property(EndpointProperty.Port);
        return ReferenceExpression.Create($"{host}:{port},user={service},password={password}");
    }

    /// <summary>
    /// Adds the settings: all arguments are one line of a shell, and what follows it is not read.
    /// </summary>
    private static void AddSettings(CommandLineArgsCallbackContext context, RedisPasswords passwords)
    {
        if (context.Args is not [.., string line] || !line.StartsWith("redis-server", StringComparison.Ordinal))
            throw new DistributedApplicationException(
                "Aspire's Redis no longer starts by one line of a shell: see RedisContainer.AddSettings.");
        var settings = string.Join(' ', LocalRedis.Lasting.Select(setting => "--" + setting));
        var users = passwords.Users.Count == 0 ? "" : passwords.ShellLine(UsersFile);
        if (users.Length > 0)
        {
            line = line.Replace(PasswordArgument, "", StringComparison.Ordinal);
            settings += $" --aclfile {UsersFile}";
        }

        context.Args[^1] = $"{MakeWhole} {users}exec {line} {settings}";
    }
}
