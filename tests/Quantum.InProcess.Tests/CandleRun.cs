using Quantum.Backtest.Running;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.Feeds.Recorded;
using Quantum.InProcess;
using Quantum.Roles.Executor;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Governance;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;

namespace Quantum.InProcess.Tests;

/// <summary>Recorded candles of one symbol through the roles that trade, with entries of the test's choice.</summary>
internal sealed class CandleRun : IMarketSink, IDisposable
{
    private static readonly Symbol s_near = Symbol.Parse("NEARUSDT");

    private static readonly SymbolFilterBook s_book = new(new SymbolFilters
    {
        Symbol = s_near, TickSize = 0.0001m, StepSize = 0.1m, MinQuantity = 0.1m, MaxQuantity = 1_000_000,
        MaxMarketQuantity = 1_000_000, MinNotionalUsd = 5,
        Brackets = new LeverageBrackets(new LeverageBracket(1_500_000, 20, 0.02m)),
    });

    private readonly InProcessRun _run = new(
        new InProcessSettings { Mode = TradingMode.Sim },
        () => new SimVenueRole(new VenueSettings { Symbols = s_book }),
        () => new PortfolioRole(), () => new GovernanceRole(GovernanceSettings.For(isTape: true) with
        {
            LossStreakDefensive = 100_000, LossStreakHalt = 100_001, DailyDrawdownDefensiveFraction = 0.98,
            PeakDrawdownDefensiveFraction = 0.98, PeakDrawdownHaltFraction = 0.99,
        }),
        () => new ExecutorRole(ExecutorSettings.For(TradingMode.Sim, isTape: true, s_book)),
        () => new ExitBrainRole(ExitBrainSettings.For(isTape: true, s_book)));

    private readonly TapePlayer _player;
    private readonly Func<long, int, Side?> _entryAt;
    private readonly List<(decimal Price, long AtMs)> _fills = [];
    private readonly Dictionary<long, MarketKline> _candles = [];
    private bool _isFlat = true;

    /// <param name="path">The recording.</param>
    /// <param name="entryAt">The side to enter at a candle's close, given its time and number from 1, or null.</param>
    /// <param name="stepFraction">How fine the way is walked; null: as usual.</param>
    public CandleRun(string path, Func<long, int, Side?> entryAt, decimal? stepFraction = null)
    {
        (_entryAt, _player) = (entryAt, new TapePlayer(_run));
        _run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input input) =>
        {
            if (result.PositionQuantity is { } quantity) _isFlat = quantity == 0;
            if (result is { Kind: ResultKind.Intent, ReduceOnly: false, FilledQuantity: > 0 })
                _fills.Add((result.AveragePrice!.Value, input.AtMs));
        });
        _run.Observe(StreamCatalog.TradeClosed, (in TradeClosed trade, in Input _) =>
        {
            if (trade.Reason == "stop_loss") Stopped.Add(trade.RMultiple!.Value);
        });
        var settings = new RecordedSettings { Path = path };
        RecordedFeed.Open(stepFraction is { } step ? settings with { PathStepFraction = step } : settings)
            .Run(this, CancellationToken.None);
    }

    /// <summary>Fills of entries, each with the candle it fell into.</summary>
    public IReadOnlyCollection<(decimal Price, MarketKline Candle)> Entries =>
        [.. _fills.Select(fill => (fill.Price, _candles[fill.AtMs / 60_000 * 60_000]))];

    public IReadOnlyCollection<MarketKline> Candles => _candles.Values;

    /// <summary>Results of trades that their first stop ended, R.</summary>
    public List<double> Stopped { get; } = [];

    public bool IsWatched(Symbol symbol, long openMs) => _player.IsWatched(symbol, openMs);

    public PositionSide? HeldSide(Symbol symbol, long openMs) => _player.HeldSide(symbol, openMs);

    public void Tick(long atMs, in MarketTick tick) => _player.Tick(atMs, in tick);

    public void Data(long atMs, in MarketData state) => _player.Data(atMs, in state);

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Kline(long atMs, in MarketKline kline)
    {
        _candles[kline.OpenTimeMs] = kline;
        if (_entryAt(atMs, _candles.Count) is not { } side || !_isFlat) return;
        _run.Publish(
            StreamCatalog.TradeIntent,
            new TradeIntent
            {
                Symbol = s_near, Side = side, Confidence = 0.9, PositionSizeUsd = 500, Leverage = 1,
                Ilf = IlfContext.Unknown with { VolatilityFactor = 0.5, ExchangeDivergence = 0, FundingRate = 0 },
                DeadlineMs = atMs + 90_000, Reason = "signal",
            },
            atMs, $"intent-{atMs}");
    }

    public void Step(long atMs) => _player.Step(atMs);

    public void Dispose() => _run.Dispose();
}
