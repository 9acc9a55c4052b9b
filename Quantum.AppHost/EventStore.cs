using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// The Redis that holds the streams, and how each service reaches it: as a user of its own, or as everybody does.
/// </summary>
internal sealed class EventStore
{
    private const string Program = "redis-server";

    private readonly Func<string, ReferenceExpression?> _connectionOf;
    private readonly RedisCertificate? _certificate;

    private EventStore(
        IResourceBuilder<IResourceWithConnectionString> redis, Func<string, ReferenceExpression?> connectionOf,
        RedisCertificate? certificate = null) =>
        (Redis, _connectionOf, _certificate) = (redis, connectionOf, certificate);

    /// <summary>It, with the operator's way in.</summary>
    public IResourceBuilder<IResourceWithConnectionString> Redis { get; }

    /// <summary>Adds the Redis that <see cref="ServerChoice"/> finds, and says which and why.</summary>
    public static EventStore Add(IDistributedApplicationBuilder builder, string name, RunFolder run)
    {
        var choice = builder.ExecutionContext.IsPublishMode
            ? new ServerChoice(ServerKind.Container, "the manifest describes a deployment")
            : ServerChoice.Find(builder.Configuration, PlainSettings.RedisSource.Name, name, Program);
        var withUsers = builder.Configuration.IsOn(PlainSettings.RedisUsers);
        var withTls = builder.Configuration.IsOn(PlainSettings.RedisTls);
        if (withTls && choice.Kind != ServerKind.LocalServer)
            throw new DistributedApplicationException(
                $"{PlainSettings.RedisTls.Name} is for a local {Program}, and this run takes "
                + $"{choice.Text(Program)}: add --Redis:Source=local, or write ssl=true into the connection string of "
                + "a server elsewhere.");
        if (builder.ExecutionContext.IsRunMode)
            Console.WriteLine($"Redis: {choice.Text(Program)}, because {choice.Reason}.");
        if (choice.Kind == ServerKind.External) return new(builder.AddConnectionString(name), _ => null);
        var passwords = new RedisPasswords(builder, name, withUsers);
        if (choice.Kind == ServerKind.Container)
        {
            var container = RedisContainer.Add(builder, name, run, passwords);
            return new(container, service => RedisContainer.ConnectionOf(container.Resource, service, passwords));
        }

        var folder = Path.Combine(run.Data, name);
        Directory.CreateDirectory(folder);
        var certificate = withTls ? RedisCertificate.Make(folder, run.RedisRoot) : null;
        var server = LocalRedis.Add(builder, name, folder, passwords, certificate);
        return new(
            server,
            service => passwords.Of(service) is { } own ? server.Resource.ConnectionOf(service, own) : null,
            certificate);
    }

    /// <summary>Gives a process of a service the service's way in, and nobody else's.</summary>
    public IResourceBuilder<T> Give<T>(string name, IResourceBuilder<T> service)
        where T : class, IResourceWithEnvironment, IResourceWithWaitSupport
    {
        service.WaitFor(Redis);
        if (_certificate is not null) service.WithEnvironment(RedisCertificate.Variable, _certificate.Root);
        return _connectionOf(name) is { } own
            ? service.WithEnvironment($"ConnectionStrings__{Redis.Resource.Name}", own)
            : service.WithReference(Redis);
    }
}
