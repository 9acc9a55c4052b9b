using System.Globalization;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>What single services need beyond what all have.</summary>
internal static class ServiceExtensions
{
    /// <summary>The service by its endpoints.</summary>
    public static IResourceBuilder<IResourceWithEndpoints> Endpoints(
        this IResourceBuilder<IResourceWithEnvironment> service) => (IResourceBuilder<IResourceWithEndpoints>)service;

    /// <summary>One of its endpoints.</summary>
    public static EndpointReference Endpoint(this IResourceBuilder<IResourceWithEnvironment> service, string name) =>
        service.Endpoints().GetEndpoint(name);

    /// <summary>Gives the endpoint that speaks HTTP/2 only, as gRPC without TLS must, a port.</summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithGrpcEndpoint(
        this IResourceBuilder<IResourceWithEnvironment> service, IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            ((IResourceBuilder<ExecutableResource>)service).WithListener("grpc", port: null);
            return service;
        }

        service.Endpoints().WithEndpoint("grpc", e => (e.UriScheme, e.Transport, e.Port) = ("http", "http2", null));
        return service;
    }

    /// <summary>
    /// Hands the feed's settings to the market service, as far as they are its own: what a simulated exchange plays, it
    /// plays.
    /// </summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithFeed(
        this IResourceBuilder<IResourceWithEnvironment> service, IConfiguration configuration) =>
        service.WithFeed(configuration, key => !configuration.UsesSimulatedExchange()
            || key is "Feed:HistoryCandles" or "Feed:Interval");

    /// <summary>Hands on those of the feed's settings that pass.</summary>
    public static IResourceBuilder<T> WithFeed<T>(
        this IResourceBuilder<T> service, IConfiguration configuration, Func<string, bool> passes)
        where T : IResourceWithEnvironment
    {
        foreach (var (key, value) in configuration.GetSection("Feed").AsEnumerable())
            if (value is not null && passes(key)) service.WithEnvironment(SettingsCheck.VariableOf(key), value);
        return service;
    }

    /// <summary>A port of the loopback address that the service itself listens on: nothing stands before it.</summary>
    public static IResourceBuilder<ExecutableResource> WithListener(
        this IResourceBuilder<ExecutableResource> service, string name, int? port)
    {
        var known = port ?? FreePort.Next();
        return service
            .WithEndpoint(port: known, scheme: "http", name: name, isProxied: false)
            .WithEnvironment(
                $"Kestrel__Endpoints__{name}__Url",
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{known}"));
    }
}
