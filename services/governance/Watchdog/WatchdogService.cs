using Quantum.Audit;
using Quantum.Resp;
using Quantum.Governance.Alerts;
using Quantum.Hosting;
using Quantum.Roles.Governance;

namespace Quantum.Governance.Watchdog;

/// <summary>
/// Audits every few seconds on a thread of its own and tells what it finds: metrics, log lines, events, alerts. Of
/// several replicas one watches, the others stand by.
/// </summary>
public sealed class WatchdogService : BackgroundService
{
    private readonly WatchdogSettings _settings;
    private readonly HaltSettings _halts;
    private readonly AlertChannels _channels;
    private readonly FindingPublisher _events;
    private readonly WatchdogMeter _meter;
    private readonly ILogger<WatchdogService> _logger;
    private readonly TimeProvider _time;
    private readonly StreamAudit _audit;
    private readonly WatchdogStore _store;
    private readonly AutoResetEvent _wake = new(false);
    private FindingTracker _tracker;
    private FindingMemories _memories = new();
    private Standing _standing = Standing.Unknown;

    public WatchdogService(
        WatchdogSettings settings, HaltSettings halts, QuantumOptions options, AlertChannels channels,
        FindingPublisher events, WatchdogMeter meter, ILogger<WatchdogService> logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(channels);
        (_settings, _halts, _channels, _events, _meter) = (settings, halts, channels, events, meter);
        (_logger, _time) = (logger, time);
        var endpoint = RespEndpoint.Parse(options.RedisConnection) with { ClientName = "watchdog" };
        _audit = new StreamAudit(endpoint);
        _store = new WatchdogStore(endpoint, $"{Environment.MachineName}-{Guid.NewGuid():N}");
        _tracker = NewTracker();
        _channels.Told += () => _wake.Set();
    }

    private enum Standing { Unknown, Watching, StandingBy }

    public override void Dispose()
    {
        base.Dispose();
        _audit.Dispose();
        _store.Dispose();
        _wake.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Task.Factory.StartNew(() => Watch(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default),
        _channels.RunAsync(stoppingToken));

    private TimeSpan Every => TimeSpan.FromSeconds(_settings.EverySeconds);

    // Longer than two looks take at their slowest, so that only an owner that is gone loses it.
    private TimeSpan HoldFor => Every * 2 + TimeSpan.FromSeconds(10);

    private void Watch(CancellationToken cancel)
    {
        var handles = new[] { cancel.WaitHandle, _wake };
        while (!cancel.IsCancellationRequested)
        {
            var next = _time.GetTimestamp();
            Look(cancel);
            _channels.Nudge();
            while (!cancel.IsCancellationRequested && Every - _time.GetElapsedTime(next) is { Ticks: > 0 } left)
            {
                if (WaitHandle.WaitAny(handles, left) == 1) Remember(cancel);
            }
        }

        Stop();
    }

    private void Look(CancellationToken cancel)
    {
        try
        {
            if (!Holds(cancel)) return;
            var report = _audit.Look(cancel);
            var findings = WatchedFinding.Of(report, _halts);
            _meter.Looked(report, findings);
            Tell(_tracker.Look(findings, NowMs(), report.IsProof));
            Remember(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _logger.LogDebug("The watchdog stops in the middle of a look.");
        }
        catch (RespException fault)
        {
            // One that stands by does not know whether the watching one can see.
            if (_standing == Standing.StandingBy) return;
            var why = WatchedFinding.CouldNotLook(fault.Message);
            _meter.Blind(why);
            Tell(_tracker.Blind(why, NowMs()));
        }
    }

    private bool Holds(CancellationToken cancel)
    {
        var holds = _store.TryHold(HoldFor, cancel);
        if (holds && _standing != Standing.Watching) TakeOver(cancel);
        else if (!holds && _standing != Standing.StandingBy) StandBy();
        if (!holds) _meter.StoodBy();
        return holds;
    }

    private void TakeOver(CancellationToken cancel)
    {
        var saved = _store.Load(cancel);
        _memories.Adopt(saved);
        _tracker.Adopt(saved);
        _channels.Tell(FindingMemories.Untold(saved));
        _standing = Standing.Watching;
        _logger.LogInformation("The watchdog looks every {Seconds} s; {Count} findings are known from before.",
            _settings.EverySeconds, saved.Count(memory => memory.Last.Kind != ChangeKind.Cleared));
    }

    private void StandBy()
    {
        (_tracker, _memories, _standing) = (NewTracker(), new FindingMemories(), Standing.StandingBy);
        _events.Clear();
        _logger.LogInformation("Another replica's watchdog looks; this one stands by.");
    }

    private void Tell(IReadOnlyList<FindingChange> changes)
    {
        foreach (var change in changes)
        {
            Log(change);
            _memories.Note(change);
        }

        _events.Add(changes);
        if (changes.Count > 0) _channels.Tell(changes);
    }

    // Events first: a finding that is remembered and was never published would halt nothing.
    private void Remember(CancellationToken cancel)
    {
        foreach (var change in _channels.TakeTold()) _memories.Told(change);
        _events.Flush();
        var unsaved = _memories.Unsaved();
        if (!_events.IsEmpty || unsaved.Count == 0 || _standing != Standing.Watching) return;
        try
        {
            _store.Save(unsaved, cancel);
            _memories.Saved();
        }
        catch (RespException fault)
        {
            _logger.LogDebug("What was told is written down at the next look: {Reason}", fault.Message);
        }
    }

    private void Stop()
    {
        Remember(CancellationToken.None);
        try
        {
            if (_standing == Standing.Watching) _store.GiveUp();
        }
        catch (RespException fault)
        {
            _logger.LogDebug("The lease ends by itself: {Reason}", fault.Message);
        }
    }

    private void Log(FindingChange change)
    {
        var finding = change.Finding;
        if (change.Kind == ChangeKind.Cleared)
        {
            _logger.LogInformation("cleared {Code}. It was: {Text}", finding.Code, finding.Text);
            return;
        }

        var level = finding.Severity == Severity.Critical ? LogLevel.Error : LogLevel.Warning;
        _logger.Log(level, "{State} {Severity} {Code}: {Text} Mend: {Mend}", WireNames.Of(change.Kind),
            WireNames.Of(finding.Severity), finding.Code, finding.Text, finding.Mend);
    }

    private FindingTracker NewTracker() => new(TrackerSettings.Of(_settings));

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
