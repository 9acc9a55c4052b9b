using System.Diagnostics;
using Quantum.Audit;
using Quantum.EventLog;
using Quantum.Hosting;

namespace Quantum.Console.Live;

/// <summary>
/// The one reader of this server: looks at the system four times a second, however much happens in it, and tells all
/// open pages; a page that opens has it look at once. Reads only.
/// </summary>
public sealed class SystemReader(QuantumOptions options, ConsoleRedis redis, ILogger<SystemReader> log)
    : BackgroundService
{
    private const int TradesShown = 12;
    private const int SignalsShown = 10;
    private const int AnswerLimitMs = 3_000;
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_leastTold = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// What changes slowly or costs more: the audit, leases, gates, trades. With every third look, so that Flow, the
    /// audit's own time and the drawing included, is not a second behind the streams.
    /// </summary>
    private static readonly TimeSpan s_slowEvery = TimeSpan.FromMilliseconds(600);

    private static readonly TimeSpan s_idleEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_recent = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan s_firstLimit = TimeSpan.FromSeconds(8);

    private readonly MarketPrices _prices = new();
    private readonly EquityCurve _equity = new();
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private SystemRedis? _look;
    private StreamAudit? _audit;
    private Stopwatch? _sinceSlow;
    private TaskCompletionSource<SystemView> _next = NewNext();
    private SystemView _view = SystemView.None;
    private long _viewedAt;
    private long _begunAt;
    private long _toldAt;

    /// <summary>
    /// Told after a look, at most four times a second however often somebody asks for one, on the reader's own thread:
    /// a listener only takes note.
    /// </summary>
    public event Action? Changed;

    /// <summary>The newest view.</summary>
    public SystemView View => Volatile.Read(ref _view);

    /// <summary>Symbols whose price is known.</summary>
    public IReadOnlyCollection<string> Symbols => _prices.Symbols;

    /// <summary>What a page is sent with: the newest view while it is of a moment ago, else one begun after
    /// now.</summary>
    public async Task<SystemView> RecentAsync()
    {
        var isRecent = View is { Fault: null, Number: > 0 }
            && Stopwatch.GetElapsedTime(Volatile.Read(ref _viewedAt)) < s_recent;
        // The page that comes alive then is not left waiting.
        _wake.Set();
        return isRecent ? View : await FreshAsync();
    }

    /// <summary>A view that was begun after now; the newest there is when none comes in time.</summary>
    public async Task<SystemView> FreshAsync(CancellationToken cancel = default)
    {
        try
        {
            var askedAt = Stopwatch.GetTimestamp();
            await SoonAsync().WaitAsync(s_firstLimit, cancel);
            // A look that was under way had begun before.
            if (Volatile.Read(ref _begunAt) < askedAt) await SoonAsync().WaitAsync(s_firstLimit, cancel);
            return View;
        }
        catch (TimeoutException)
        {
            return View with { Fault = "Redis does not answer in time." };
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private Task<SystemView> SoonAsync()
    {
        Task<SystemView> next;
        lock (_gate) next = _next.Task;
        _wake.Set();
        return next;
    }

    private void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            Publish(Look(stop), begun);
            // The curve, and what goes wrong, are kept while no page is open, too.
            var rest = (Changed is null ? s_idleEvery : s_every) - Stopwatch.GetElapsedTime(begun);
            if (rest > TimeSpan.Zero) WaitHandle.WaitAny([stop.WaitHandle, _wake], rest);
        }

        Forget();
    }

    private void Publish(SystemView view, long begunAt)
    {
        Volatile.Write(ref _view, view);
        Volatile.Write(ref _begunAt, begunAt);
        Volatile.Write(ref _viewedAt, Stopwatch.GetTimestamp());
        TaskCompletionSource<SystemView> told;
        lock (_gate) (told, _next) = (_next, NewNext());
        told.SetResult(view);
        // What programs ask draws no page: the next look by the clock tells it.
        if (_toldAt != 0 && Stopwatch.GetElapsedTime(_toldAt) < s_leastTold) return;
        _toldAt = Stopwatch.GetTimestamp();
        Changed?.Invoke();
    }

    private SystemView Look(CancellationToken stop)
    {
        var before = View;
        try
        {
            return Read(before, stop) with { Fault = null, Number = before.Number + 1 };
        }
        catch (Exception fault)
        {
            // State of another build, or a fault of ours: told like any other, for without this reader no page lives.
            if (!ConsoleRedis.IsFault(fault) && fault is not OperationCanceledException)
                log.LogError(fault, "The system's state cannot be understood.");
            Forget();
            var text = ConsoleRedis.IsOfTheWay(fault)
                ? $"Redis does not answer: {fault.Message.Split('\n')[0]}"
                : fault.Message.Split('\n')[0];
            if (before.Fault != text && !stop.IsCancellationRequested)
                log.LogWarning("The system could not be read. {Fault}", text);
            return before with { Fault = text, Number = before.Number + 1 };
        }
    }

    private SystemView Read(SystemView before, CancellationToken stop)
    {
        var endpoint = redis.Endpoint with { LoadingTimeoutMs = AnswerLimitMs };
        var look = _look ??= new SystemRedis(endpoint);
        var view = Quick(look, before);
        if (_sinceSlow is { } clock && clock.Elapsed < s_slowEvery) return view;
        _sinceSlow = Stopwatch.StartNew();
        view = Slow(look, _audit ??= new StreamAudit(endpoint), view, stop);
        // How a system is marked is read with the connection: none had begun when this one was made.
        if (!look.IsMarked)
        {
            look.Dispose();
            _look = null;
        }

        return view;
    }

    private SystemView Quick(SystemRedis look, SystemView before)
    {
        var nowMs = look.NowMs;
        var plans = PlannedExit.All(look);
        var books = ComparedPosition.All(look);
        _prices.Read(look, [.. books.Select(book => book.Symbol)]);
        var policy = PolicyInForce.Of(look);
        return before with
        {
            NowMs = nowMs,
            SystemNowMs = look.SystemTimeAt(nowMs),
            Mode = look.Mode ?? "",
            IsTape = look.IsTape,
            Policy = policy,
            Kill = policy is not { KillSwitch: true } ? null
                : policy.Version == before.Policy?.Version ? before.Kill : KillWord.Of(look),
            Executor = ExecutorsPolicy.Of(look),
            Account = look.Last(look.Keys.KeysOf(StreamCatalog.PortfolioSnapshot)[0]),
            Positions =
            [
                .. books.Select(book =>
                    PositionView.Of(book, plans.GetValueOrDefault(book.Symbol), _prices.Of(book.Symbol), nowMs)),
            ],
            Feed = FeedNow.Of(look),
        };
    }

    private SystemView Slow(SystemRedis look, StreamAudit audit, SystemView quick, CancellationToken stop) =>
        quick with
        {
            Audit = audit.Look(stop),
            Opening = Holdings.Of(look).Opening,
            Orders = WorkingOrder.All(look),
            Seats = [.. Seats(look, quick.NowMs)],
            Blocks = EntryBlocks.Of(look, quick.Policy, quick.Feed ?? FeedNow.Of(look)),
            Trades = look.Newest(StreamCatalog.TradeClosed, TradesShown),
            Signals = look.Newest(StreamCatalog.SignalGenerated, SignalsShown),
            Equity = _equity.Read(look),
            Gates = ClosedGate.All(look),
        };

    // Who only writes holds no lease: the market feed, the control surface.
    private IEnumerable<SeatView> Seats(SystemRedis look, long nowMs) =>
        from service in ServiceHosts.All
        let build = look.Text(LogKeys.Builds + service.Name)
        from role in service.Roles
        where RoleNames.IsActiveIn(role, options.Mode) && StreamCatalog.ReadBy(role).Any()
        from seat in look.Keys.SeatsOf(role)
        select SeatOf(look, service.Name, build, seat, nowMs);

    private static SeatView SeatOf(SystemRedis look, string service, string? build, RoleSeat seat, long nowMs)
    {
        var lease = look.Hash(look.Keys.Lease(seat));
        long? leftMs = long.TryParse(lease.GetValueOrDefault("until"), out var untilMs) ? untilMs - nowMs : null;
        var name = look.Keys.Shards == 1 ? seat.Role : seat.ToString();
        return new SeatView(service, seat.Role, name, lease.GetValueOrDefault("owner"), build, leftMs);
    }

    private void Forget()
    {
        _look?.Dispose();
        _audit?.Dispose();
        _prices.ReadAnew();
        (_look, _audit, _sinceSlow) = (null, null, null);
    }

    private static TaskCompletionSource<SystemView> NewNext() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
