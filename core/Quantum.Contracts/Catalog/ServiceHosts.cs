namespace Quantum.Contracts.Catalog;

/// <summary>Which service runs which role: the AppHost starts exactly these.</summary>
public static class ServiceHosts
{
    public static IReadOnlyList<ServiceHost> All { get; } =
    [
        new("market", "Market", [RoleNames.MarketPublisher, RoleNames.CrossExchange, RoleNames.ExchangeNormalizer]),
        new("ai", "AI", [RoleNames.AiEngine]),
        new("trading-bot", "Trading bot", [RoleNames.TradingBot, RoleNames.RlSizingAgent]),
        new("sizing", "Sizing", [RoleNames.SizingPolicy]),
        new("executor", "Executor", [RoleNames.Executor, RoleNames.Venue, RoleNames.SimVenue]),
        new("exitbrain", "ExitBrain", [RoleNames.ExitBrain]),
        new("portfolio", "Portfolio", [RoleNames.Portfolio]),
        new("governance", "Governance",
            [RoleNames.Governance, RoleNames.GovernanceGateway, RoleNames.Watchdog, RoleNames.MetaRegime]),
        new("learning", "Learning",
            [RoleNames.TradeJournal, RoleNames.Clm, RoleNames.RlOptimizer, RoleNames.ModelSupervisor]),
        new("console", "Console", []),
    ];

    /// <summary>
    /// The service of an assembly, <c>Quantum.</c> and the service's name without dashes; null when it is none of ours.
    /// </summary>
    public static ServiceHost? OfAssembly(string? assembly) => All.FirstOrDefault(host => string.Equals(
        "Quantum." + host.Name.Replace("-", "", StringComparison.Ordinal), assembly,
        StringComparison.OrdinalIgnoreCase));

    /// <summary>The service that runs a role; throws when none does.</summary>
    public static ServiceHost Of(string role) =>
        All.FirstOrDefault(host => host.Roles.Contains(role))
        ?? throw new KeyNotFoundException($"no service runs the role '{role}': add it to ServiceHosts.");
}
