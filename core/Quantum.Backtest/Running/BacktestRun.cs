using System.Diagnostics;
using Quantum.Backtest.Results;
using Quantum.Backtest.Settings;
using Quantum.Feeds;
using Quantum.InProcess;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Symbols;

namespace Quantum.Backtest.Running;

/// <summary>
/// One backtest: every role of the live system in one thread over one recording, to its end and until nothing is under
/// way. Runs share nothing but the tape, so any number may go on at once.
/// </summary>
public sealed class BacktestRun : IMarketSink, IDisposable
{
    private const long ProgressEveryMs = 200;
    private readonly BacktestTape _tape;
    private readonly BacktestOptions _options;
    private readonly InProcessRun _run;
    private readonly TapePlayer _player;
    private readonly LastWords _last = new();
    private readonly TradeBook _trades = new();
    private readonly RefusalBook _refusals = new();
    private readonly EquityBook _equity;
    private readonly BarBook? _bars;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly long _fromMs;
    private long _firstMs;
    private long _lastMs;
    private long _toldMs;
    private long _candles;
    private long _walked;
    private long _underWay;
    private long _fills;
    private decimal _turnoverUsd;

    private BacktestRun(BacktestTape tape, RunSettings settings, BacktestOptions options)
    {
        (_tape, _options) = (tape, options);
        _fromMs = tape.Feed.LiveFromMs;
        _equity = new EquityBook(_fromMs, settings.System.Portfolio.StartBalanceUsd);
        _bars = options.KeepsBars ? new BarBook(tape, _fromMs) : null;
        _run = new InProcessRun(
            new InProcessSettings { Mode = SystemSettings.Mode, WritesStreams = options.Hashes },
            SystemRoles.Of(settings.System, options.Signals, role =>
            {
                if (role is ExitBrainRole plans) _trades.Plans = plans;
            }));
        _player = new TapePlayer(_run);
        Watch();
        options.OnRun?.Invoke(_run);
    }

    /// <summary>
    /// Runs to the end; throws <see cref="OperationCanceledException"/> when cancelled, <see cref="FeedException"/>
    /// when the recording cannot be read or holds nothing that can be traded.
    /// </summary>
    public static BacktestOutcome Of(
        BacktestTape tape, RunSettings settings, BacktestOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(settings);
        var unknown = tape.Feed.Symbols.Where(symbol => settings.System.Symbols.Find(symbol) is null).ToArray();
        if (unknown.Length == tape.Feed.Symbols.Count)
            throw new FeedException($"nothing of this recording can be traded: {SymbolFilterBook.Unknown(unknown)}.");
        using var backtest = new BacktestRun(tape, settings, options ?? new BacktestOptions());
        return backtest.Play(settings, unknown, cancel);
    }

    void IDisposable.Dispose() => _run.Dispose();

    bool IMarketSink.IsWatched(Symbol symbol, long openMs)
    {
        if (!_player.IsWatched(symbol, openMs)) return false;
        _walked++;
        _trades.OpenCandle(symbol, openMs);
        return true;
    }

    PositionSide? IMarketSink.HeldSide(Symbol symbol, long openMs) => _player.HeldSide(symbol, openMs);

    void IMarketSink.Tick(long atMs, in MarketTick tick)
    {
        _last.Tick(atMs, in tick);
        _player.Tick(atMs, in tick);
    }

    void IMarketSink.Data(long atMs, in MarketData state)
    {
        _last.Data(atMs, in state);
        _player.Data(atMs, in state);
    }

    void IMarketSink.Quote(long atMs, in ExchangeRaw quote) => _player.Quote(atMs, in quote);

    void IMarketSink.Kline(long atMs, in MarketKline kline)
    {
        _candles++;
        _last.Kline(atMs, in kline);
        _trades.CloseCandle(in kline);
        _bars?.Take(in kline);
        _player.Kline(atMs, in kline);
    }

    void IMarketSink.Step(long atMs) => Step(atMs);

    private void Step(long atMs)
    {
        if (_firstMs == 0) _firstMs = atMs;
        _lastMs = atMs;
        _player.Step(atMs);
        _trades.EndStep(atMs);
        if (_options.OnProgress is not null && _clock.ElapsedMilliseconds - _toldMs >= ProgressEveryMs) Tell();
    }

    private void Tell()
    {
        _toldMs = _clock.ElapsedMilliseconds;
        var done = _tape.Feed.LastMs is { } last && last > _firstMs
            ? Math.Clamp((_lastMs - _firstMs) / (double)(last - _firstMs), 0, 1)
            : 0;
        _options.OnProgress!(new BacktestProgress(_lastMs, _candles, done, _clock.Elapsed));
    }

    private void Watch()
    {
        _run.Observe(StreamCatalog.PortfolioSnapshot, (in PortfolioSnapshot now, in Input input) =>
        {
            if (input.AtMs >= _fromMs) _equity.Take(in now, input.AtMs);
        });
        _run.Observe(StreamCatalog.TradeClosed, (in TradeClosed trade, in Input _) => _trades.Take(in trade));
        _run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) =>
        {
            _underWay++;
            _trades.Take(in result);
            _refusals.Take(in result);
            if (result.FilledQuantity > 0) _turnoverUsd += result.FilledQuantity * result.AveragePrice!.Value;
        });
        _run.Observe(StreamCatalog.OrderUpdate, (in OrderUpdate update, in Input _) =>
        {
            _underWay++;
            if (update.LastFillQuantity > 0) _fills++;
        });
        _run.Observe(StreamCatalog.SizingRequested, (in SizingRequested _, in Input _) => _underWay++);
        _run.Observe(StreamCatalog.SizingDecided, (in SizingDecided _, in Input _) => _underWay++);
        _run.Observe(StreamCatalog.TradeIntent, (in TradeIntent _, in Input _) => _underWay++);
        _run.Observe(StreamCatalog.OrderCommand, (in OrderCommand _, in Input _) => _underWay++);
    }

    private BacktestOutcome Play(RunSettings settings, Symbol[] unknown, CancellationToken cancel)
    {
        _tape.Feed.Run(this, cancel);
        cancel.ThrowIfCancellationRequested();
        var toMs = _lastMs;
        var hasSettled = TapeEnd.Settle(_last, _lastMs, () => _underWay, Stand, cancel);
        if (_options.OnProgress is not null) Tell();
        _options.OnEnd?.Invoke(_run);
        var now = _equity.Now;
        return new BacktestOutcome
        {
            Symbols = _tape.Feed.Symbols, FromMs = _fromMs, ToMs = toMs,
            StartEquityUsd = settings.System.Portfolio.StartBalanceUsd,
            Equity = _equity.Finish(), Trades = _trades.Closed, Refusals = _refusals.End(_run),
            Bars = _bars?.End() ?? [],
            Totals = new AccountTotals(
                _turnoverUsd, _fills, now.FeesUsd, now.FundingUsd, now.NumPositions, now.UnrealizedPnlUsd),
            Assumptions = AssumptionsOf(settings.System, unknown, hasSettled),
            Settings = settings.Used,
            StreamHash = _options.Hashes ? _run.HashOfOrderedStreams : null,
        };
    }

    private void Stand(long atMs, IReadOnlyList<MarketTick> ticks, IReadOnlyList<MarketData> states)
    {
        foreach (var tick in ticks) _player.Tick(atMs, in tick);
        foreach (var state in states) _player.Data(atMs, in state);
        Step(atMs);
    }

    private RunAssumptions AssumptionsOf(SystemSettings settings, Symbol[] unknown, bool hasSettled)
    {
        var venue = settings.SimVenue;
        var isCandles = _tape.Candles > 0;
        List<string> notes =
        [
            FormattableString.Invariant($"an order meets the market {venue.LatencyMs} ms after its command"),
            FormattableString.Invariant(
                $"taking a minute's volume moves the price by {venue.ImpactFraction:P2}, less by the share's root"),
        ];
        if (unknown.Length > 0) notes.Add("left without trading: " + SymbolFilterBook.Unknown(unknown));
        if (!hasSettled) notes.Add(TapeEnd.StillUnderWay);
        notes.AddRange(_tape.Notices.Where(notice => notice.IsWarning).Select(notice => notice.Text));
        return new RunAssumptions
        {
            Source = _tape.Source, Candles = _candles, WalkedCandles = _walked, AmbiguousCandles = _trades.Ambiguous,
            CandlePath = isCandles
                ? "open, then the extreme that hurts what is held, then the other, then close, on straight legs"
                : null,
            TakerFeeFraction = venue.TakerFeeFraction, MakerFeeFraction = venue.MakerFeeFraction,
            HalfSpreadBps = isCandles ? (double)venue.HalfSpreadFraction * 10_000 : null,
            Notes = notes,
        };
    }
}
