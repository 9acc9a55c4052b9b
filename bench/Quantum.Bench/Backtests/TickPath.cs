using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.InProcess;
using Quantum.Instruments;

namespace Quantum.Bench.Backtests;

/// <summary>
/// Recorded trades through venue, executor, exits and portfolio with a position open all the time: one is entered
/// whenever nothing is held.
/// </summary>
internal sealed class TickPath : IMarketSink, IDisposable
{
    private static readonly string[] s_roles =
        [RoleNames.SimVenue, RoleNames.Executor, RoleNames.ExitBrain, RoleNames.Portfolio, RoleNames.Governance];

    private readonly InProcessRun _run;
    private readonly HashSet<Symbol> _held = [];
    private readonly Dictionary<Symbol, long> _askedAtMs = [];
    private long _ticks;
    private int _entries;

    private TickPath()
    {
        var makers = SystemRoles.Of(SystemSettings.OnTape(InstrumentBook.BuiltIn.Filters));
        _run = new InProcessRun(
            new InProcessSettings { Mode = SystemSettings.Mode, WritesStreams = false },
            [.. makers.Where(make => s_roles.Contains(make().Name))]);
        _run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) =>
        {
            if (result.PositionQuantity is not { } quantity) return;
            if (quantity == 0) _held.Remove(result.Symbol);
            else _held.Add(result.Symbol);
        });
    }

    public static IEnumerable<Figure> Figures(string? folder, double leastSeconds)
    {
        if (folder is null)
        {
            Console.Error.WriteLine("no recorded trades: name a folder with --data");
            yield break;
        }

        var feed = BacktestTape.Open(new FeedSettings { Kind = FeedKind.Recorded, Path = folder }).Feed;
        var tape = new HeardTape(feed);
        // The first time, which compiles what it calls, is no part of how fast it is.
        using (var warm = new TickPath()) tape.Play(warm);
        var (ticks, entries) = (0L, 0);
        var (allocated, clock) = (GC.GetTotalAllocatedBytes(precise: true), WorkClock.Start());
        do
        {
            using var path = new TickPath();
            tape.Play(path);
            (ticks, entries) = (ticks + path._ticks, path._entries);
        }
        while (clock.Seconds < leastSeconds);

        var (seconds, processor) = (clock.Seconds, clock.ProcessorSeconds);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        yield return new Figure("backtest_ticks", ticks, "ticks");
        yield return new Figure("backtest_ticks_per_s", ticks / seconds, "ticks/s");
        yield return new Figure("backtest_ticks_per_processor_s", ticks / processor, "ticks/s");
        yield return new Figure("backtest_ticks_bytes_each", allocated / (double)ticks, "B");
        yield return new Figure("backtest_ticks_entries", entries, "entries");
    }

    public void Tick(long atMs, in MarketTick tick)
    {
        _ticks++;
        _run.Offer(StreamCatalog.MarketTick, tick, atMs);
        if (_held.Contains(tick.Symbol) || atMs - _askedAtMs.GetValueOrDefault(tick.Symbol) < 1_000) return;
        _askedAtMs[tick.Symbol] = atMs;
        _run.Offer(
            StreamCatalog.TradeIntent,
            new TradeIntent
            {
                Symbol = tick.Symbol, Side = _entries % 2 == 0 ? Side.Buy : Side.Sell, Confidence = 0.9,
                PositionSizeUsd = 500, Leverage = 1, DeadlineMs = atMs + 30_000, Reason = "signal",
                Ilf = IlfContext.Unknown with { VolatilityFactor = 0.5, ExchangeDivergence = 0, FundingRate = 0 },
            },
            atMs, $"intent-{++_entries}");
    }

    public void Data(long atMs, in MarketData state) => _run.Offer(StreamCatalog.MarketData, state, atMs);

    public void Kline(long atMs, in MarketKline kline)
    {
    }

    public void Quote(long atMs, in ExchangeRaw quote)
    {
    }

    public void Step(long atMs) => _run.Settle();

    public void Dispose() => _run.Dispose();
}
