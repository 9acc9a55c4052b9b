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

    /// <summary>
    /// Hands on the settings of the roles, wherever they were given: what a service reads of them is its own business.
    /// </summary>
    public static IResourceBuilder<T> WithRoleSettings<T>(
        this IResourceBuilder<T> service, IConfiguration configuration)
        where T : IResourceWithEnvironment
    {
        foreach (var (key, value) in RoleSections.All.SelectMany(name => configuration.GetSection(name).AsEnumerable()))
            if (value is not null) service.WithEnvironment(SettingsCheck.VariableOf(key), value);
        return service;
    }

    /// <summary>
    /// Gives a service a setting that is this run's to say; throws <see cref="DistributedApplicationException"/> where
    /// another value was asked for, which would be lost without a word.
    /// </summary>
    /// <param name="service">It.</param>
    /// <param name="configuration">What was asked for.</param>
    /// <param name="setting">Its name.</param>
    /// <param name="value">What it has in this run.</param>
    /// <param name="mend">What to do instead of setting it.</param>
    public static IResourceBuilder<T> WithOwn<T>(
        this IResourceBuilder<T> service, IConfiguration configuration, string setting, string value, string mend)
        where T : IResourceWithEnvironment
    {
        configuration.CheckOwn(setting, value, mend);
        return service.WithEnvironment(SettingsCheck.VariableOf(setting), value);
    }

    /// <summary>The check of <see cref="WithOwn"/> alone.</summary>
    public static void CheckOwn(this IConfiguration configuration, string setting, string value, string mend)
    {
        if (configuration[setting] is not { Length: > 0 } asked
            || asked.Equals(value, StringComparison.OrdinalIgnoreCase)) return;
        throw new DistributedApplicationException(
            $"{setting} is '{asked}' ({SettingsCheck.VariableOf(setting)} in the environment), and in this run it is "
            + $"'{value}': remove it; {mend}.");
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
