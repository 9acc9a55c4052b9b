using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// What services are given on the generated market of a run, so that a newcomer sees it learn and trade within minutes.
/// Whoever sets one of these gets that instead.
/// </summary>
internal static class Demonstration
{
    private static readonly (string Service, string Setting, string Value)[] s_settings =
    [
        // Three and a half days before the start: enough to tell the planted edge from chance.
        ("market", "Feed:HistoryCandles", "5000"), ("venue", "Feed:HistoryCandles", "5000"),
        // Three of its symbols move at the start, so that there is something to trade as soon as it is learnt.
        ("market", "Feed:Seed", "38"), ("venue", "Feed:Seed", "38"),
        ("ai", "Ai:IntervalMs", "60000"),
        ("ai", "Ai:ActivationDelayMs", "1000"),
        ("learning", "Clm:IntervalMs", "60000"),
        ("learning", "ModelSupervisor:LookEveryMs", "20000"),
        ("learning", "ModelSupervisor:BackOffMs", "20000"),
    ];

    /// <summary>Gives a service its share, where the market of this run is generated.</summary>
    public static IResourceBuilder<T> WithDemonstration<T>(
        this IResourceBuilder<T> service, IDistributedApplicationBuilder builder)
        where T : IResourceWithEnvironment
    {
        var configuration = builder.Configuration;
        if (configuration.IsTape() || configuration.IsLiveMarket()) return service;
        if (configuration.Mode() is not ("paper" or "sim")) return service;
        foreach (var (name, setting, value) in s_settings)
        {
            if (name == service.Resource.Name && configuration[setting] is null)
                service.WithEnvironment(SettingsCheck.VariableOf(setting), value);
        }

        return service;
    }
}
