using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Console.Flow;

/// <summary>A card of the map: roles that are read as one.</summary>
/// <param name="Title">What stands on it.</param>
/// <param name="Says">What it does, in a few words.</param>
/// <param name="Domain">Whose colour it has.</param>
/// <param name="X">Centre, map units.</param>
/// <param name="Y">Centre, map units.</param>
internal sealed record FlowNode(
    string Title, string Says, StreamDomain Domain, double X, double Y, params IReadOnlyList<string> Roles)
{
    public const double Width = 168;
    public const double Height = 84;
}

/// <summary>Where everything stands on the map: the life of an order from left to right, learning back below.</summary>
internal static class FlowPlaces
{
    public static IReadOnlyList<FlowNode> Nodes { get; } =
    [
        new("Market", "prices, candles", StreamDomain.Market, 112, 188, R.MarketPublisher),
        new("Other venues", "quotes, normalised", StreamDomain.Market, 112, 440, R.CrossExchange, R.ExchangeNormalizer),
        new("AI", "expects, decides", StreamDomain.Ai, 498, 188, R.AiEngine),
        new("Regime", "what market it is", StreamDomain.Governance, 498, 440, R.MetaRegime),
        new("Trading bot", "gates, wishes", StreamDomain.Trading, 884, 188, R.TradingBot),
        new("Sizing", "size, leverage", StreamDomain.Trading, 884, 486, R.RlSizingAgent, R.SizingPolicy),
        new("Executor", "risk, orders, venue", StreamDomain.Trading, 1270, 188, R.Executor, R.SimVenue, R.Venue),
        new("Governance", "policy, watchdog", StreamDomain.Governance, 1270, 396,
            R.Governance, R.GovernanceGateway, R.Watchdog),
        new("ExitBrain", "stops, targets", StreamDomain.Trading, 1656, 188, R.ExitBrain),
        new("Portfolio", "equity, exposure", StreamDomain.Portfolio, 1656, 440, R.Portfolio),
        new("Journal", "keeps trades", StreamDomain.Learning, 1656, 746, R.TradeJournal),
        new("RL optimizer", "trains sizing", StreamDomain.Learning, 1270, 664, R.RlOptimizer),
        new("CLM", "retrains models", StreamDomain.Learning, 1270, 812, R.Clm),
        new("Supervisor", "judges models", StreamDomain.Learning, 498, 746, R.ModelSupervisor),
    ];

    private static readonly Dictionary<string, (double X, double Y)> s_streams = new(StringComparer.Ordinal)
    {
        ["market_data"] = (305, 146), ["market.tick"] = (884, 58), ["market.klines"] = (305, 230),
        ["exchange.normalized"] = (305, 402), ["exchange.raw"] = (305, 482),
        ["ai.signal_generated"] = (691, 146), ["ai.decision.made"] = (691, 230), ["trade.intent"] = (1077, 188),
        ["execution.result"] = (1463, 188), ["trade.closed"] = (1656, 596), ["sizing.decided"] = (884, 320),
        ["portfolio.snapshot_updated"] = (1463, 396), ["portfolio.exposure_updated"] = (1463, 486),
        ["policy.updated"] = (1077, 308), ["meta.regime"] = (691, 396),
        ["rl_v3.training.started"] = (1016, 636), ["rl_v3.training.completed"] = (748, 676),
        ["learning.retraining.started"] = (1016, 722), ["learning.retraining.completed"] = (748, 766),
        ["learning.retraining.failed"] = (1016, 812), ["model.retrain"] = (748, 856),
    };

    /// <summary>The streams that stand on the map, in the catalog's order; the others are in the list below.</summary>
    public static IReadOnlyList<EventStream> Streams { get; } =
        [.. StreamCatalog.All.Where(stream => s_streams.ContainsKey(stream.Name))];

    /// <summary>The centre of a stream's pill, map units.</summary>
    public static (double X, double Y) Of(EventStream stream) => s_streams[stream.Name];

    /// <summary>The card that a role is on.</summary>
    public static FlowNode Of(string role) => Nodes.First(node => node.Roles.Contains(role));
}
