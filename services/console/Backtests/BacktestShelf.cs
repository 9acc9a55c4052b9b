using System.Collections.Concurrent;
using System.Collections.Immutable;
using Quantum.Backtest.Settings;
using Quantum.Console.Outcomes;
using Quantum.Feeds;
using Quantum.Instruments;

namespace Quantum.Console.Backtests;

/// <summary>
/// The backtests of this console: starts them, so many at once, tells how far they are, and keeps the newest results.
/// </summary>
public sealed class BacktestShelf(
    BacktestsSettings settings, ResultsSettings results, TimeProvider time, ILogger<BacktestShelf> log) : IHostedService
{
    private readonly BacktestFolder _folder = new(Path.Combine(Path.GetFullPath(results.Folder), "backtests"));
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Cancel, Task Run)> _running = new();
    private readonly ConcurrentDictionary<string, (ShownResult? Result, string? Why)> _read = new();
    private readonly Lock _gate = new();
    private ImmutableDictionary<string, BacktestJob> _jobs = ImmutableDictionary<string, BacktestJob>.Empty;
    private string? _fault;
    private int _number;
    private bool _isStopping;

    /// <summary>What may be played and how much.</summary>
    public BacktestsSettings Settings => settings;

    /// <summary>Every one, newest first.</summary>
    public IReadOnlyList<BacktestJob> All =>
        [.. _jobs.Values.OrderByDescending(job => job.Id, StringComparer.Ordinal)];

    /// <summary>Those with a result, newest first.</summary>
    public IEnumerable<BacktestJob> Finished => All.Where(job => job.State == BacktestState.Done);

    /// <summary>Why none can be kept; null while they can.</summary>
    public string? Fault => _fault;

    /// <summary>A result; null with why it cannot be shown.</summary>
    public (ShownResult? Result, string? Why) Result(string id)
    {
        if (Find(id) is not { State: BacktestState.Done } job) return (null, "This backtest is not there any more.");
        if (_read.TryGetValue(id, out var known)) return known;
        try
        {
            var stored = StoredResult.Read(_folder.FileOf(job, BacktestFolder.Result));
            return _read[id] = (stored.Shown(job), null);
        }
        catch (JsonException fault)
        {
            // It will be no other the next time.
            return _read[id] = (null, Unreadable(fault));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, Unreadable(fault));
        }
    }

    /// <summary>One by its id; null when it is not kept.</summary>
    public BacktestJob? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>What somebody is told who names one that is not kept.</summary>
    public static string NotThere(string id) =>
        $"no backtest has the id '{id}', or it is older than those that are kept: ask for the list of all.";

    /// <summary>Where the report of one lies; null when there is none.</summary>
    public string? ReportOf(string id) => Find(id) is { State: BacktestState.Done } job
        && _folder.FileOf(job, BacktestFolder.Report) is var file && File.Exists(file) ? file : null;

    /// <summary>What is wrong with a request, in one line; null when it may run.</summary>
    public string? FaultOf(BacktestRequest request) => Checked(request).Fault;

    /// <summary>Why no other may run now, in one line; null when one may.</summary>
    public string? FullFault()
    {
        lock (_gate)
            return _running.Count is var running && running < settings.AtOnce
                ? null
                : $"{running} run already, and at most {settings.AtOnce} may (Backtests:AtOnce): wait or cancel one.";
    }

    /// <summary>Starts one; or gives why not in one line.</summary>
    public (BacktestJob? Job, string? Fault) Start(BacktestRequest request, string by)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (arguments, fault) = Checked(request);
        if (fault is not null) return (null, fault);
        if (CommandLine() is not { } commandLine)
            return (null, "The command line is not built: build it, or name quantum.dll in Backtests:CommandLine.");
        lock (_gate)
        {
            if (FullFault() is { } full) return (null, full);
            var now = time.GetUtcNow();
            var job = new BacktestJob
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{++_number:000}"),
                Request = request, By = by, StartedMs = now.ToUnixTimeMilliseconds(), State = BacktestState.Running,
            };
            if (Keep(job) is { } why) return (null, why);
            var cancel = new CancellationTokenSource(TimeSpan.FromMinutes(settings.MostMinutes));
            _running[job.Id] = (cancel, Task.Run(() => RunAsync(job, commandLine, arguments, cancel.Token)));
            return (job, null);
        }
    }

    /// <summary>Ends one that runs.</summary>
    public void Cancel(string id)
    {
        // One that ends just now gives its source back under the same gate.
        lock (_gate)
            if (_running.TryGetValue(id, out var one)) one.Cancel.Cancel();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var job in _folder.All())
            {
                var seen = job.State != BacktestState.Running ? job : job with
                {
                    State = BacktestState.Interrupted, EndedMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
                };
                if (seen != job) _folder.Keep(seen);
                _jobs = _jobs.SetItem(job.Id, seen);
            }
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            _fault = $"Backtests cannot be kept: {fault.Message.Split('\n')[0]} Correct Results:Folder.";
            log.LogWarning("{Fault}", _fault);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        foreach (var (_, (cancel, run)) in _running)
        {
            await cancel.CancelAsync();
            await run;
        }
    }

    private async Task RunAsync(
        BacktestJob job, string commandLine, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        BacktestJob ended;
        try
        {
            using var process = BacktestProcess.Start(
                commandLine, settings.Nice, arguments, _folder.Of(job.Id),
                pace => Show(job = job with { Pace = pace }));
            var code = await process.EndAsync(cancel);
            ended = code == 0
                ? job with { State = BacktestState.Done }
                : job with { State = BacktestState.Failed, Error = $"{process.Said} (exit code {code})" };
        }
        catch (OperationCanceledException)
        {
            ended = _isStopping ? job with { State = BacktestState.Interrupted }
                : !HasTakenTooLong(job) ? job with { State = BacktestState.Cancelled }
                : job with
                {
                    State = BacktestState.Failed,
                    Error = $"ended after {settings.MostMinutes} minutes (Backtests:MostMinutes)",
                };
        }
        catch (Exception fault) when (fault is IOException or JsonException or SystemException)
        {
            ended = job with { State = BacktestState.Failed, Error = fault.Message };
        }

        // Behind its start, also when it ended at once; and whoever sees that it ended may start another one.
        lock (_gate)
        {
            Keep(ended with { EndedMs = time.GetUtcNow().ToUnixTimeMilliseconds() });
            if (_running.TryRemove(job.Id, out var one)) one.Cancel.Dispose();
        }

        ForgetOld();
        log.LogInformation("Backtest {Id} ended: {State} {Error}", ended.Id, ended.State, ended.Error);
    }

    private bool HasTakenTooLong(BacktestJob job) =>
        time.GetUtcNow().ToUnixTimeMilliseconds() - job.StartedMs >= settings.MostMinutes * 60_000L;

    private (IReadOnlyList<string> Arguments, string? Fault) Checked(BacktestRequest request)
    {
        try
        {
            return (BacktestCheck.Arguments(request, settings), null);
        }
        catch (Exception fault) when (
            fault is SettingsException or FeedException or FormatException or InstrumentException)
        {
            return ([], fault.Message);
        }
    }

    private string? CommandLine()
    {
        if (settings.CommandLine is { Length: > 0 } named) return File.Exists(named) ? Path.GetFullPath(named) : null;
        // …/services/console/bin/<configuration>/<framework>
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var beside = Path.Combine(output.FullName, "../../../../../tools/Quantum.Cli/bin", output.Parent?.Name ?? "",
            output.Name, "quantum.dll");
        return File.Exists(beside) ? Path.GetFullPath(beside) : null;
    }

    private static string Unreadable(Exception fault) =>
        $"Its result cannot be read: {fault.Message.Split('\n')[0]}";

    private void Show(BacktestJob job) => ImmutableInterlocked.AddOrUpdate(ref _jobs, job.Id, job, (_, _) => job);

    private string? Keep(BacktestJob job)
    {
        try
        {
            _folder.Keep(job);
            Show(job);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What ran ended all the same.
            if (job.State != BacktestState.Running) Show(job);
            return $"It cannot be kept: {fault.Message} Correct Results:Folder.";
        }
    }

    private void ForgetOld()
    {
        foreach (var old in All.Where(job => job.State != BacktestState.Running).Skip(settings.Keep))
        {
            try
            {
                _folder.Forget(old);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                log.LogWarning("Backtest {Id} could not be removed: {Fault}", old.Id, fault.Message);
                continue;
            }

            _read.TryRemove(old.Id, out _);
            ImmutableInterlocked.TryRemove(ref _jobs, old.Id, out _);
        }
    }
}
