namespace Quantum.Contracts.Catalog;

/// <summary>The roles and gateways of the system under the audit's names, and the service that runs each.</summary>
public static class RoleNames
{
    public const string MarketPublisher = "market_publisher";
    public const string CrossExchange = "cross_exchange";
    public const string ExchangeNormalizer = "exchange_normalizer";
    public const string AiEngine = "ai_engine";
    public const string MetaRegime = "meta_regime";
    public const string TradingBot = "trading_bot";
    public const string RlSizingAgent = "rl_sizing_agent";
    public const string SizingPolicy = "sizing_policy";
    public const string Executor = "executor";
    public const string Venue = "venue";
    public const string SimVenue = "sim_venue";
    public const string ExitBrain = "exitbrain";
    public const string Portfolio = "portfolio";
    public const string Governance = "governance";
    public const string GovernanceGateway = "governance_gateway";
    public const string Watchdog = "watchdog";
    public const string TradeJournal = "trade_journal";
    public const string Clm = "clm";
    public const string RlOptimizer = "rl_optimizer";
    public const string ModelSupervisor = "model_supervisor";

    /// <summary>Which service runs which role: the AppHost starts exactly these, in this order.</summary>
    public static IReadOnlyList<ServiceHost> ByService { get; } =
    [
        new("market", "Market", [MarketPublisher, CrossExchange, ExchangeNormalizer]),
        new("ai", "AI", [AiEngine]),
        new("trading-bot", "Trading bot", [TradingBot, RlSizingAgent]),
        new("sizing", "Sizing", [SizingPolicy]),
        new("executor", "Executor", [Executor, Venue, SimVenue]),
        new("exitbrain", "ExitBrain", [ExitBrain]),
        new("portfolio", "Portfolio", [Portfolio]),
        new("governance", "Governance", [Governance, GovernanceGateway, Watchdog, MetaRegime]),
        new("learning", "Learning", [TradeJournal, Clm, RlOptimizer, ModelSupervisor]),
        new("console", "Console", []),
    ];

    /// <summary>
    /// Whether a role runs in a mode: the simulated venue on paper, an exchange over the wire elsewhere.
    /// </summary>
    public static bool IsActiveIn(string role, TradingMode mode) => role switch
    {
        SimVenue => mode == TradingMode.Paper,
        Venue => mode != TradingMode.Paper,
        _ => true,
    };
}
