using Quantum.Contracts.Catalog;
using Quantum.Resp;

namespace Quantum.EventLog.Runner;

/// <summary>
/// One owned thread for one seat: takes the lease when it is this replica's turn, serves it, and starts over after
/// anything that goes wrong. Start-up and recovery are the same path.
/// </summary>
public abstract class SeatRunner : IDisposable
{
    private const int BackoffFirstMs = 20;
    private const int BackoffCapMs = 2000;

    private readonly IEventLog _log;
    private readonly RunnerSettings _settings;
    private readonly string _owner;
    private readonly Func<RoleSeat, bool> _wants;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly RespBackoff _backoff = new(Random.Shared.NextDouble, BackoffFirstMs, BackoffCapMs);
    private SeatWork? _work;
    private LogLink[] _links = [];
    private SeatProgress? _progress;
    private ILogSession? _session;
    private Thread? _thread;
    private string? _told;

    private protected SeatRunner(
        IEventLog log, RoleSeat seat, RunnerSettings settings, string owner, Func<RoleSeat, bool>? wants)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(settings);
        (_log, Seat, _settings, _owner) = (log, seat, settings, owner);
        _wants = wants ?? (static _ => true);
    }

    public RoleSeat Seat { get; }

    /// <summary>The links read, in the order that breaks ties.</summary>
    public IReadOnlyList<LogLink> Links => _links;

    /// <summary>Commits by this process; 0 or more.</summary>
    public long Commits => _progress?.Commits ?? 0;

    /// <summary>How far the seat is, per stream.</summary>
    public IReadOnlyList<RunnerProgress> Progress => _progress?.Snapshot() ?? [];

    /// <summary>Starts the seat's thread.</summary>
    public void Start()
    {
        if (_thread is not null) throw new InvalidOperationException($"the runner of {Seat} runs already.");
        _thread = new Thread(Run) { IsBackground = true, Name = "seat " + Seat };
        _thread.Start();
    }

    /// <summary>
    /// Ends the seat's work: the running batch is finished and committed, the lease released. True when that was done
    /// within the drain time; afterwards the thread is cut off, and what it did not commit is another's to do.
    /// </summary>
    public bool Stop()
    {
        if (_thread is null) return true;
        _stopping.Set();
        try
        {
            _session?.Interrupt();
        }
        catch (Exception e) when (e is LogUnavailableException or LogRefusedException or GroupMissingException)
        {
            // The doorbell ends by itself within a second.
        }

        var grace = TimeSpan.FromTicks(_settings.DrainTimeout.Ticks * 4 / 5);
        var drained = _thread.Join(grace);
        _cancel.Cancel();
        drained = drained || _thread.Join(_settings.DrainTimeout - grace);
        if (!drained) _session?.Dispose();
        return drained;
    }

    public void Dispose()
    {
        Stop();
        _session?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Use(SeatWork work)
    {
        _work = work;
        _links = [.. work.Streams.SelectMany(stream => _log.Keys.LinksOf(Seat, stream))];
        _progress = new SeatProgress(Seat, _links, _settings.Time);
    }

    private void Run()
    {
        using var session = _session = _log.OpenSession(Seat);
        while (!_stopping.IsSet)
        {
            try
            {
                if (_wants(Seat) && Acquire(session)) Serve(session);
                else _stopping.Wait(_settings.AskEvery);
            }
            catch (SeatLostException lost)
            {
                _progress!.Fault(lost.Message);
            }
            catch (GroupMissingException missing)
            {
                // Such answers come at once and ignore BLOCK: without a pause this would be a hot loop.
                _progress!.Fault(missing.Message);
                _stopping.Wait(_backoff.Next());
            }
            catch (Exception fault) when (!_stopping.IsSet)
            {
                Tell(fault);
                _progress!.Fault(fault.Message);
                _stopping.Wait(_backoff.Next());
            }
            catch (Exception fault)
            {
                _progress!.Fault(fault.Message);
            }
            finally
            {
                _progress!.Lease(false);
            }
        }

        Release(session);
    }

    // A log that is away says so in one line; of anything else nobody knows where it happened but its stack.
    private void Tell(Exception fault)
    {
        var text = $"{fault.GetType().Name}: {fault.Message}";
        if (fault is LogUnavailableException or LogRefusedException || text == _told) return;
        _told = text;
        _settings.OnFailure($"{Seat} broke off; it starts over", fault);
    }

    private bool Acquire(ILogSession session)
    {
        var lease = session.Acquire(_owner, _settings.LeaseTtl);
        // Waiting for the lease of a process that was killed would only cost time.
        if (!lease.IsGranted && InstanceName.IsGone(lease.Owner))
            lease = session.Acquire(_owner, _settings.LeaseTtl, lease.Owner);
        if (lease.IsGranted)
        {
            _progress!.Lease(true);
            return true;
        }

        _progress!.StandBy();
        return false;
    }

    private void Serve(ILogSession session)
    {
        var context = new BatchContext(_settings, _work!, Seat, _log.Keys) { Cancel = _cancel.Token };
        var serving = new SeatServing(session, _work!, _links, context, _progress!, MayGoOn);
        serving.Run();
        session.Release();
    }

    private bool MayGoOn()
    {
        if (_progress!.Commits > 0) _backoff.Reset();
        return !_stopping.IsSet && _wants(Seat);
    }

    private static void Release(ILogSession session)
    {
        try
        {
            session.Release();
        }
        catch (Exception e) when (e is LogUnavailableException or LogRefusedException or GroupMissingException)
        {
            // The lease runs out by itself.
        }
    }
}
