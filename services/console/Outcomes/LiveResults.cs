using System.Diagnostics;
using Quantum.Backtest.Figures;
using Quantum.Backtest.Live;
using Quantum.Backtest.Report;
using Quantum.Console.Live;
using Quantum.Console.Shown;

namespace Quantum.Console.Outcomes;

/// <summary>
/// What the running system made: one reader of this server, once a second, only what is new. The streams keep a day;
/// what it has read it keeps in a file, so a restart of the console loses nothing that they still tell.
/// </summary>
public sealed class LiveResults(ConsoleRedis redis, ResultsSettings settings, ILogger<LiveResults> log)
    : BackgroundService
{
    /// <summary>Why there is no result where nothing is wrong.</summary>
    public const string NothingYet = "The portfolio has told nothing yet.";

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private LiveReading? _reading;
    private SystemRedis? _look;
    private string? _fault;
    private (ShownResult? Result, long At) _shown;

    /// <summary>The result until now; null with why there is none.</summary>
    public (ShownResult? Result, string? Why) Now()
    {
        lock (_gate)
        {
            if (_shown.Result is null || Stopwatch.GetElapsedTime(_shown.At) > s_kept)
                _shown = (_reading is { } reading ? Show(reading) : null, Stopwatch.GetTimestamp());
            return (_shown.Result, _fault ?? (_shown.Result is null ? NothingYet : null));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every);
        do
        {
            await Task.Run(() => Look(stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        base.Dispose();
        Forget();
        GC.SuppressFinalize(this);
    }

    private void Look(CancellationToken stop)
    {
        try
        {
            var look = _look ??= redis.Open();
            var run = LiveReading.RunOf(look);
            if (_reading is null || _reading.Run != run) Begin(run);
            while (!stop.IsCancellationRequested && Read(look))
            {
                // There is more.
            }

            Tell(_reading!.RecordFault);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // State of another build, or a fault of ours: told like any other, and read anew.
            if (!ConsoleRedis.IsFault(fault)) log.LogError(fault, "What the system made cannot be understood.");
            Forget();
            Tell(fault.Message.Split('\n')[0]);
        }
    }

    private void Begin(string? run)
    {
        lock (_gate)
        {
            _reading?.Dispose();
            _reading = LiveReading.Open(Path.GetFullPath(settings.Folder), run);
        }
    }

    private bool Read(SystemRedis look)
    {
        var page = _reading!.Next(look);
        lock (_gate) _reading.Take(page);
        return page.HasMore;
    }

    private void Tell(string? fault)
    {
        if (fault is not null && fault != _fault) log.LogWarning("The results are not whole. {Fault}", fault);
        lock (_gate) _fault = fault;
    }

    private void Forget()
    {
        lock (_gate)
        {
            _reading?.Dispose();
            _reading = null;
        }

        _look?.Dispose();
        _look = null;
    }

    private static ShownResult? Show(LiveReading reading)
    {
        if (reading.Outcome() is not { } outcome) return null;
        return new ShownResult(
            "Live", $"{outcome.Assumptions.Source}, {Figures.Time(outcome.FromMs)} to {Figures.Time(outcome.ToMs)} UTC",
            BacktestFigures.Of(outcome), CurvePoint.Of(outcome), outcome.Assumptions.Notes);
    }
}
