using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// In mode sim a venue of our own stands for the exchange: market and orders go over the wire to it, as they would to
/// the real one. It plays the feed that was asked for; its account begins anew with each run.
/// </summary>
internal static class SimulatedExchange
{
    private const string Name = ServiceHosts.SimulatedExchange;

    // What the generator makes when nobody names symbols: a client of an exchange has to name them.
    private const string UsualSymbols = "BTCUSDT,ETHUSDT,SOLUSDT,NEARUSDT,BNBUSDT";
    private const int SecretBytes = 32;

    /// <summary>Starts the venue, and points market and executors to it.</summary>
    public static void AddSimulatedExchange(
        this IDistributedApplicationBuilder builder,
        IReadOnlyDictionary<string, IResourceBuilder<IResourceWithEnvironment>> services)
    {
        if (!builder.ExecutionContext.IsRunMode || !builder.Configuration.UsesSimulatedExchange()) return;
        var (key, secret) = (NewSecret(), NewSecret());
        var port = FreePort.Next();
        var rest = FormattableString.Invariant($"http://127.0.0.1:{port}");
        var symbols = builder.Configuration["Feed:Symbols"] is { Length: > 0 } asked ? asked : UsualSymbols;
        var venue = AddVenue(builder, port)
            .WithEnvironment("Venue__Url", rest)
            .WithEnvironment("Venue__Key", key)
            .WithEnvironment("Venue__Secret", secret)
            .WithEnvironment("Feed__Symbols", symbols);
        var executors = ServiceBuilder.Executors(services).ToArray();
        foreach (var client in executors.Append(services["market"]))
        {
            client.WithEnvironment("Binance__Environment", "custom")
                .WithEnvironment("Binance__RestUrl", rest)
                .WithEnvironment("Binance__StreamUrl", FormattableString.Invariant($"ws://127.0.0.1:{port}"));
            ((IResourceBuilder<IResourceWithWaitSupport>)client).WaitFor(venue);
        }

        services["market"].WithEnvironment("Feed__Kind", "binance").WithEnvironment("Feed__Symbols", symbols)
            .WithEnvironment("Quotes__Venues", "");
        foreach (var executor in executors)
            executor.WithEnvironment("Binance__ApiKey", key).WithEnvironment("Binance__ApiSecret", secret);
    }

    private static IResourceBuilder<ExecutableResource> AddVenue(IDistributedApplicationBuilder builder, int port)
    {
        var assembly = Places.AssemblyOf(Places.ProjectOf(Name));
        var venue = builder.AddExecutable(Name, Places.Host, Path.GetDirectoryName(assembly)!, assembly)
            .WithEndpoint(port: port, scheme: "http", name: "http", isProxied: false)
            .WithHttpHealthCheck("/fapi/v1/ping", endpointName: "http");
        venue.WithFeed(builder.Configuration, _ => true).WithRoleSettings(builder.Configuration)
            .WithDemonstration(builder);
        ((IResourceBuilder<IResourceWithEnvironment>)venue).WithInstruments(builder.Configuration);
        return venue;
    }

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
}
