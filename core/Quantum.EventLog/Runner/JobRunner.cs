using Quantum.Contracts.Catalog;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Redis;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Works on competing streams beside other workers, without a lease: one job at a time and stream, held while it runs,
/// taken over when its worker falls silent, its answers published together with the acknowledgement.
/// </summary>
public sealed class JobRunner : IDisposable
{
    private const int ReapFactor = 20;
    private readonly RedisEventLog _log;
    private readonly Gateway _gateway;
    private readonly RunnerSettings _settings;
    private readonly string _worker;
    private readonly TimeSpan _silent;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<Thread> _threads = [];
    private string? _fault;
    private long _finished;

    /// <param name="log">The event log.</param>
    /// <param name="gateway">What does the jobs.</param>
    /// <param name="settings">How to run; the lease's time is not used.</param>
    /// <param name="worker">This worker's name in the groups: new for each start.</param>
    /// <param name="silent">After which silence of its worker a job is taken over; null means five minutes.</param>
    public JobRunner(
        RedisEventLog log, Gateway gateway, RunnerSettings settings, string worker, TimeSpan? silent = null)
    {
        (_log, _gateway, _settings, _worker, _silent) =
            (log, gateway, settings, worker, silent ?? TimeSpan.FromMinutes(5));
    }

    /// <summary>Jobs finished by this worker; 0 or more.</summary>
    public long Finished => Interlocked.Read(ref _finished);

    /// <summary>The last fault in one line, null once a job went well.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    public void Start()
    {
        foreach (var subscription in _gateway.Subscriptions)
        {
            var thread =
                new Thread(() => Run(subscription)) { IsBackground = true, Name = $"jobs {subscription.Stream.Name}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Lets the running jobs end within the drain time; what does not is left to another worker.</summary>
    public void Stop()
    {
        _stopping.Set();
        var grace = TimeSpan.FromTicks(_settings.DrainTimeout.Ticks * 4 / 5);
        _cancel.CancelAfter(grace);
        foreach (var thread in _threads) thread.Join(_settings.DrainTimeout);
    }

    public void Dispose()
    {
        Stop();
        _cancel.Dispose();
    }

    private void Run(GatewaySubscription subscription)
    {
        var seat = _log.Keys.Shards == 1
            ? new RoleSeat(_gateway.Name, 0)
            : new RoleSeat(_gateway.Name, LogKeys.GlobalShard);
        var link = _log.Keys.LinksOf(seat, subscription.Stream)[0];
        using var session = new RedisJobSession(_log, link, _worker);
        var batch = new LogBatch();
        var isReady = false;
        while (!_stopping.IsSet)
        {
            try
            {
                if (!isReady) session.EnsureGroup();
                if (!isReady) session.Reap(_silent * ReapFactor);
                isReady = true;
                if (session.TryTakeOver(_silent, batch) || session.TryTake(Patience(), batch))
                    Work(session, subscription, seat, link, batch);
            }
            catch (Exception fault)
            {
                isReady = false;
                Volatile.Write(ref _fault, fault.Message);
                _stopping.Wait(TimeSpan.FromMilliseconds(200));
            }
        }

        TryLeave(session);
    }

    private TimeSpan Patience() => _silent < TimeSpan.FromSeconds(1) ? _silent : TimeSpan.FromSeconds(1);

    private void Work(
        RedisJobSession session, GatewaySubscription subscription, RoleSeat seat, LogLink link, LogBatch batch)
    {
        var entry = batch[0];
        var answers = new CommitBatch();
        var outbox = new LogOutbox(seat, _log.Keys, _settings.Mode);
        outbox.Open(answers);
        var fields = batch.Fields(0);
        if (subscription.TryPrepare(in fields, entry, link, outbox, out var fault) is not { } call)
        {
            Refuse(session, seat, link, batch, WireNames.Of(fault.Kind), fault.Text);
            return;
        }

        try
        {
            Await(session, entry, call);
            if (session.Finish(entry.Id, answers)) Interlocked.Increment(ref _finished);
            Volatile.Write(ref _fault, null);
        }
        catch (Exception failure) when (failure is not (LogUnavailableException or OperationCanceledException))
        {
            Volatile.Write(ref _fault, failure.Message);
            if (entry.Deliveries >= _settings.PoisonDeliveries)
                Refuse(session, seat, link, batch, DeadLetters.Poison, $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    private void Await(RedisJobSession session, LogEntry entry, GatewayCall call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token);
        var job = Task.Run(async () => await call.Make(end.Token).ConfigureAwait(false), CancellationToken.None);
        while (!((IAsyncResult)job).AsyncWaitHandle.WaitOne(_silent / 3))
        {
            if (session.Hold(entry.Id)) continue;
            end.Cancel();
            throw new InvalidOperationException($"the job {entry.Id} was taken over by another worker");
        }

        job.GetAwaiter().GetResult();
    }

    private void Refuse(
        RedisJobSession session, RoleSeat seat, LogLink link, LogBatch batch, string reason, string text)
    {
        var letters = new CommitBatch();
        var fields = batch.Fields(0);
        DeadLetters.Write(
            letters.AddOutput(_log.Keys.DeadLetters(link.Stream, seat.Shard)), link, batch[0], in fields, reason, text,
            seat.Role, _settings.Time.GetUtcNow().ToUnixTimeMilliseconds());
        session.Finish(batch[0].Id, letters);
    }

    private static void TryLeave(RedisJobSession session)
    {
        try
        {
            session.Leave();
        }
        catch (Exception e) when (e is LogUnavailableException or LogRefusedException or GroupMissingException)
        {
            // Another worker reaps what is left of this one.
        }
    }
}
