using Domain = Quantum.Contracts.Catalog.StreamDomain;
using R = Quantum.Contracts.Catalog.RoleNames;

namespace Quantum.Contracts.Catalog;

/// <summary>
/// The single source of the topology: the audit's 21 streams and the five internal ones, each with producer,
/// consumers, delivery mode, shard key, retention, freshness limit and lag objective.
/// </summary>
public static class StreamCatalog
{
    public static readonly EventStream<MarketData> MarketData = Define<MarketData>(
        "market_data", Domain.Market, DeliveryMode.Tail, ShardKey.Symbol,
        [R.MarketPublisher], [R.AiEngine, R.Portfolio, R.SimVenue], Fresh(10));

    public static readonly EventStream<MarketTick> MarketTick = Define<MarketTick>(
        "market.tick", Domain.Market, DeliveryMode.Tail, ShardKey.Symbol,
        [R.MarketPublisher], [R.ExitBrain, R.Portfolio, R.Executor, R.SimVenue], Fresh(10));

    public static readonly EventStream<MarketKline> MarketKlines = Define<MarketKline>(
        "market.klines", Domain.Market, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.MarketPublisher], [R.AiEngine, R.MetaRegime, R.Clm], Fresh(90), beginsTrace: true);

    public static readonly EventStream<ExchangeRaw> ExchangeRaw = Define<ExchangeRaw>(
        "exchange.raw", Domain.Market, DeliveryMode.Tail, ShardKey.Symbol,
        [R.CrossExchange], [R.ExchangeNormalizer], Fresh(10));

    public static readonly EventStream<ExchangeNormalized> ExchangeNormalized = Define<ExchangeNormalized>(
        "exchange.normalized", Domain.Market, DeliveryMode.Tail, ShardKey.Symbol,
        [R.ExchangeNormalizer], [R.TradingBot, R.ExitBrain], Fresh(60));

    public static readonly EventStream<SignalGenerated> SignalGenerated = Define<SignalGenerated>(
        "ai.signal_generated", Domain.Ai, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.AiEngine], [R.TradingBot, R.ModelSupervisor], Fresh(60));

    public static readonly EventStream<DecisionMade> DecisionMade = Define<DecisionMade>(
        "ai.decision.made", Domain.Ai, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.AiEngine], [R.TradeJournal, R.ModelSupervisor], Fresh(60));

    public static readonly EventStream<TradeIntent> TradeIntent = Define<TradeIntent>(
        "trade.intent", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.TradingBot, R.ExitBrain], [R.Executor], Fresh(30),
        legacy: LegacyTradeIntent.TryRead);

    public static readonly EventStream<SizingDecided> SizingDecided = Define<SizingDecided>(
        "sizing.decided", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.RlSizingAgent], [R.TradingBot, R.RlOptimizer], Fresh(30));

    public static readonly EventStream<ExecutionResult> ExecutionResult = Define<ExecutionResult>(
        "execution.result", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.Executor], [R.ExitBrain, R.Portfolio, R.TradeJournal, R.TradingBot]);

    public static readonly EventStream<TradeClosed> TradeClosed = Define<TradeClosed>(
        "trade.closed", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.ExitBrain],
        [R.TradeJournal, R.RlOptimizer, R.Portfolio, R.Governance, R.ModelSupervisor]);

    public static readonly EventStream<PortfolioSnapshot> PortfolioSnapshot = Define<PortfolioSnapshot>(
        "portfolio.snapshot_updated", Domain.Portfolio, DeliveryMode.Ordered, ShardKey.Global,
        [R.Portfolio],
        [R.Governance, R.TradingBot], Fresh(60));

    public static readonly EventStream<PortfolioExposure> PortfolioExposure = Define<PortfolioExposure>(
        "portfolio.exposure_updated", Domain.Portfolio, DeliveryMode.Ordered, ShardKey.Global,
        [R.Portfolio],
        [R.Governance, R.Executor], Fresh(60));

    public static readonly EventStream<PolicyUpdated> PolicyUpdated = Define<PolicyUpdated>(
        "policy.updated", Domain.Governance, DeliveryMode.Ordered, ShardKey.Global,
        [R.Governance],
        [R.TradingBot, R.Executor, R.ExitBrain]);

    public static readonly EventStream<MetaRegime> MetaRegime = Define<MetaRegime>(
        "meta.regime", Domain.Governance, DeliveryMode.Ordered, ShardKey.Global,
        [R.MetaRegime],
        [R.TradingBot, R.ExitBrain, R.Governance, R.AiEngine]);

    public static readonly EventStream<TrainingStarted> TrainingStarted = Define<TrainingStarted>(
        "rl_v3.training.started", Domain.Learning, DeliveryMode.Ordered, ShardKey.Global,
        [R.RlOptimizer], [R.ModelSupervisor]);

    public static readonly EventStream<TrainingCompleted> TrainingCompleted = Define<TrainingCompleted>(
        "rl_v3.training.completed", Domain.Learning, DeliveryMode.Ordered, ShardKey.Global,
        [R.RlOptimizer], [R.ModelSupervisor, R.SizingPolicy]);

    public static readonly EventStream<RetrainingStarted> RetrainingStarted = Define<RetrainingStarted>(
        "learning.retraining.started", Domain.Learning, DeliveryMode.Ordered, ShardKey.Global,
        [R.Clm], [R.ModelSupervisor]);

    public static readonly EventStream<RetrainingCompleted> RetrainingCompleted = Define<RetrainingCompleted>(
        "learning.retraining.completed", Domain.Learning, DeliveryMode.Ordered, ShardKey.Global,
        [R.Clm], [R.ModelSupervisor, R.AiEngine]);

    public static readonly EventStream<RetrainingFailed> RetrainingFailed = Define<RetrainingFailed>(
        "learning.retraining.failed", Domain.Learning, DeliveryMode.Ordered, ShardKey.Global,
        [R.Clm], [R.ModelSupervisor]);

    public static readonly EventStream<ModelRetrain> ModelRetrain = Define<ModelRetrain>(
        "model.retrain", Domain.Learning, DeliveryMode.Ordered, ShardKey.Global,
        [R.ModelSupervisor], [R.Clm], lagSeconds: 300);

    public static readonly EventStream<SizingRequested> SizingRequested = Define<SizingRequested>(
        "sizing.requested", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.TradingBot], [R.RlSizingAgent], Fresh(10), isInternal: true);

    public static readonly EventStream<OrderCommand> OrderCommand = Define<OrderCommand>(
        "order.command", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.Executor], [R.SimVenue, R.Venue], Fresh(30), isInternal: true);

    public static readonly EventStream<OrderUpdate> OrderUpdate = Define<OrderUpdate>(
        "order.update", Domain.Trading, DeliveryMode.Ordered, ShardKey.Symbol,
        [R.SimVenue, R.Venue], [R.Executor], isInternal: true);

    public static readonly EventStream<ControlCommand> GovernanceControl = Define<ControlCommand>(
        "governance.control", Domain.Governance, DeliveryMode.Ordered, ShardKey.Global,
        [R.GovernanceGateway], [R.Governance, R.MarketPublisher, R.Executor], isInternal: true);

    public static readonly EventStream<AuditFinding> AuditFinding = Define<AuditFinding>(
        "audit.finding", Domain.Governance, DeliveryMode.Ordered, ShardKey.Global,
        [R.Watchdog], [R.Governance], isInternal: true);

    /// <summary>Every stream, the audit's 21 first, in its order.</summary>
    public static IReadOnlyList<EventStream> All { get; } =
    [
        MarketData, MarketTick, MarketKlines, ExchangeRaw, ExchangeNormalized, SignalGenerated, DecisionMade,
        TradeIntent, ExecutionResult, TradeClosed, SizingDecided, PortfolioSnapshot, PortfolioExposure,
        PolicyUpdated, MetaRegime, TrainingStarted, TrainingCompleted, RetrainingStarted, RetrainingCompleted,
        RetrainingFailed, ModelRetrain, SizingRequested, OrderCommand, OrderUpdate,
        GovernanceControl, AuditFinding,
    ];

    /// <summary>The stream of that name, or null.</summary>
    public static EventStream? Find(string name) => All.FirstOrDefault(stream => stream.Name == name);

    /// <summary>What a role reads.</summary>
    public static IEnumerable<EventStream> ReadBy(string role) =>
        All.Where(stream => stream.Consumers.Any(consumer => consumer.Role == role));

    /// <summary>What a role writes.</summary>
    public static IEnumerable<EventStream> WrittenBy(string role) =>
        All.Where(stream => stream.Producers.Contains(role));

    /// <summary>The group a role reads a stream under; as in the audit, the executor's is <c>execution</c>.</summary>
    public static string GroupOf(string role, string stream) =>
        $"quantum:group:{(role == R.Executor ? "execution" : role)}:{stream}";

    /// <summary>
    /// The group under which an archive's recorder notes how far a stream is recorded: retention waits for it within a
    /// bound, and nobody else reads through it.
    /// </summary>
    public static string RecorderGroupOf(string stream) => RecorderGroup + stream;

    /// <summary>What the names of recorders' groups begin with.</summary>
    public const string RecorderGroup = "quantum:group:recorder:";

    private static TimeSpan Fresh(double seconds) => TimeSpan.FromSeconds(seconds);

    private static EventStream<TEvent> Define<TEvent>(
        string name, StreamDomain domain, DeliveryMode mode, ShardKey shard, string[] producers, string[] consumers,
        TimeSpan? freshness = null, bool isInternal = false, bool beginsTrace = false, double lagSeconds = 15,
        EventStream<TEvent>.LegacyReader? legacy = null)
        where TEvent : struct => new()
        {
            Name = name,
            Domain = domain,
            Mode = mode,
            Shard = shard,
            Producers = producers,
            Consumers = [.. consumers.Select(role => new StreamConsumer(role, GroupOf(role, name)))],
            Retention = mode == DeliveryMode.Tail ? Retention.Length(20_000) : Retention.Age(TimeSpan.FromHours(24)),
            FreshnessLimit = freshness,
            LagObjective = TimeSpan.FromSeconds(lagSeconds),
            IsInternal = isInternal,
            BeginsTrace = beginsTrace,
            Legacy = legacy,
        };
}
