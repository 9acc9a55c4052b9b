using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Governance;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Tests.Portfolio;
using Quantum.Roles.Venue;

namespace Quantum.Roles.Tests.ExitBrain;

/// <summary>
/// The real executor, simulated venue, ExitBrain, portfolio and governance around one symbol: what one publishes
/// reaches its readers before the next price, entries come from the test.
/// </summary>
internal sealed class TradeLoop
{
    public const long Start = 1_764_806_400_000;
    private readonly RoleBench _executor =
        new(() => new ExecutorRole(ExecutorSettings.For(TradingMode.Sim, isTape: true, TestBook.All)));
    private readonly RoleBench _venue = new(() => new SimVenueRole(new VenueSettings { Symbols = TestBook.All }));
    private readonly RoleBench _exits = new(() => new ExitBrainRole(Ladders.Settings with
    {
        PriceStaleAfterMs = 90_000, VenueStaleAfterMs = 90_000,
    }));
    private readonly RoleBench _portfolio = new(() => new PortfolioRole());
    private readonly RoleBench _governance = new(() => new GovernanceRole());
    private readonly Queue<Action> _queue = new();
    private int _entries;

    public long NowMs { get; private set; } = Start;
    public SortedDictionary<string, TradeIntent> Intents { get; } = [];
    public List<ExecutionResult> Results { get; } = [];
    public List<TradeClosed> Trades { get; } = [];
    public PortfolioSnapshot Account { get; private set; }
    public PortfolioExposure Exposure { get; private set; }
    public SortedDictionary<string, int> PortfolioCounts => _portfolio.Counts;

    public IEnumerable<RoleBench> Roles => [_executor, _venue, _exits, _portfolio, _governance];

    /// <summary>One price of the tape with its clock.</summary>
    public void Step(decimal price, long afterMs = 15_000)
    {
        NowMs += afterMs;
        var tick = Portfolio.Results.Tick(price) with { Quantity = 1_000m };
        foreach (var role in (RoleBench[])[_venue, _executor, _exits, _portfolio])
            Enqueue(role, StreamCatalog.MarketTick, tick, null);
        foreach (var role in Roles) _queue.Enqueue(() => Route(role.Clock(NowMs)));
        Drain();
    }

    public void Enter(Side side, decimal notionalUsd, Regime regime)
    {
        var intent = new TradeIntent
        {
            Symbol = Portfolio.Results.Btc, Side = side, Confidence = 0.7, PositionSizeUsd = notionalUsd, Leverage = 5,
            Ilf = new IlfContext
            {
                AtrValue = 0.001, VolatilityFactor = 0.55, FundingRate = 0.0001, ExchangeDivergence = 0.0001,
                Regime = regime,
            },
            DeadlineMs = NowMs + 30_000, SignalId = "s", ModelName = "m", ModelVersion = "1", Reason = "signal",
        };
        Send(intent, $"entry-{++_entries}");
        Drain();
    }

    public void Turn(Regime regime)
    {
        Enqueue(_exits, StreamCatalog.MetaRegime, new MetaRegime
        {
            Regime = regime, Confidence = 0.5, Samples = 50, PreviousRegime = default,
        }, null);
        Drain();
    }

    public void Say(ControlAction action)
    {
        Enqueue(_governance, StreamCatalog.GovernanceControl, new ControlCommand
        {
            Command = action, Reason = "because", By = "anna",
        }, null);
        Drain();
    }

    /// <summary>A word about the position, which governance and the executor hear as on the stream.</summary>
    public void Say(ControlAction action, string id, decimal? stopPrice = null)
    {
        foreach (var role in (RoleBench[])[_governance, _executor])
            Enqueue(role, StreamCatalog.GovernanceControl, new ControlCommand
            {
                Command = action, Symbol = Portfolio.Results.Btc, StopPrice = stopPrice, Reason = "because",
                By = "anna",
            }, id);
        Drain();
    }

    private void Send(TradeIntent intent, string id)
    {
        Intents.Add(id, intent);
        Enqueue(_executor, StreamCatalog.TradeIntent, intent, id);
    }

    private void Drain()
    {
        for (var i = 0; _queue.TryDequeue(out var next); i++)
        {
            Assert.True(i < 10_000, "the roles never come to rest");
            next();
        }
    }

    private void Enqueue<TEvent>(RoleBench role, EventStream<TEvent> stream, TEvent payload, string? id)
        where TEvent : struct => _queue.Enqueue(() => Route(role.Send(stream, payload, NowMs, id)));

    private void Route(RecordingOutbox outbox)
    {
        foreach (var (id, intent) in outbox.IdsOf(StreamCatalog.TradeIntent).Zip(outbox.Of(StreamCatalog.TradeIntent)))
            Send(intent, id);
        Pass(outbox, StreamCatalog.OrderCommand, null, _venue);
        Pass(outbox, StreamCatalog.OrderUpdate, null, _executor);
        Pass(outbox, StreamCatalog.ExecutionResult, Results.Add, _exits, _portfolio);
        Pass(outbox, StreamCatalog.TradeClosed, Trades.Add, _portfolio, _governance);
        Pass(outbox, StreamCatalog.PortfolioSnapshot, account => Account = account, _governance);
        Pass(outbox, StreamCatalog.PortfolioExposure, exposure => Exposure = exposure, _executor, _governance);
        Pass(outbox, StreamCatalog.PolicyUpdated, null, _executor, _exits);
    }

    private void Pass<TEvent>(
        RecordingOutbox outbox, EventStream<TEvent> stream, Action<TEvent>? keep, params RoleBench[] readers)
        where TEvent : struct
    {
        foreach (var (id, payload) in outbox.IdsOf(stream).Zip(outbox.Of(stream)))
        {
            keep?.Invoke(payload);
            foreach (var reader in readers) Enqueue(reader, stream, payload, id);
        }
    }
}
