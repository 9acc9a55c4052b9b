using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Simulation.Faults;

namespace Quantum.Simulation.Seats;

/// <summary>
/// A role's place in the system: the process that has it, and what is to go wrong with it. A process that dies comes
/// back as another one, which waits for the lease or knows that the one before is gone.
/// </summary>
internal sealed class SimulatedSeat
{
    private const long RetryMs = 500;
    private const int StepsOfTakeOver = 3;
    private const long SoonMs = 3_000;

    private readonly SimulatedWorld _world;
    private readonly Func<string, SeatWork> _make;
    private readonly RoleSeat _seat;
    private SimulatedProcess _process;
    private FaultKind? _armed;
    private string? _gone;
    private long _nextMs;
    private long _cutUntilMs;
    private int _processes;
    private bool _strikesSpeech;
    private long _downMs;

    /// <param name="world">Where it is.</param>
    /// <param name="role">Its role's name.</param>
    /// <param name="make">Makes the role, or gateway, of a process by the process's name.</param>
    public SimulatedSeat(SimulatedWorld world, string role, Func<string, SeatWork> make)
    {
        (_world, _make) = (world, make);
        _seat = new RoleSeat(role, 0);
        _process = Begin();
        Streams = _process.Work.Streams;
    }

    public string Role => _seat.Role;

    public IReadOnlyList<EventStream> Streams { get; }

    /// <summary>True when there may be something to do.</summary>
    public bool IsReady { get; set; } = true;

    /// <summary>How far its clock is ahead, ms.</summary>
    public long SkewMs { get; set; }

    /// <summary>For how long its process has it without a sign of life, ms.</summary>
    public long LeaseMs => (long)SimulatedWorld.RunnerOf(Role).LeaseTtl.TotalMilliseconds;

    /// <summary>What is held in memory; null for a gateway, or while it does not serve.</summary>
    public Role? HeldRole => _process is { IsServing: true, Work: RoleWork work } ? work.Role : null;

    /// <summary>Lets the next commit go wrong.</summary>
    /// <param name="kind">How.</param>
    /// <param name="value">How long its successor waits before it starts, ms.</param>
    public void Arm(FaultKind kind, long value) =>
        (_armed, _downMs, _strikesSpeech) = (kind, value, value % 4 != 3);

    public void Pause(long ms)
    {
        _nextMs = Math.Max(_nextMs, _world.NowMs + ms);
        _world.After(_nextMs - _world.NowMs, () => IsReady = true);
    }

    public void CutOff(long ms) => _cutUntilMs = Math.Max(_cutUntilMs, _world.NowMs + ms);

    /// <summary>Does one thing; false when there is nothing to do now.</summary>
    public bool Step()
    {
        if (_world.NowMs < _nextMs) return false;
        var process = _process;
        try
        {
            if (process.IsServing) return process.Step();
            if (process.TryServe(_gone)) return true;
            Pause(RetryMs);
        }
        catch (ProcessDiedException)
        {
            _world.Say($"{process.Owner} died");
            Die();
        }
        catch (Exception fault) when (fault is SeatLostException or LogUnavailableException or GroupMissingException)
        {
            _world.Say($"{process.Owner} lost its seat: {fault.Message}");
            process.Lose();
            // One that was taken over from is no more of this seat's concern.
            if (ReferenceEquals(process, _process)) Pause(RetryMs);
        }

        return false;
    }

    /// <summary>Throws while the log cannot be reached.</summary>
    public void Reach()
    {
        if (_world.NowMs < _cutUntilMs) throw new LogUnavailableException($"{_seat} is cut off.");
    }

    public void BeforeCommit(CommitBatch commit)
    {
        if (Strikes(FaultKind.Crash, commit)) throw new ProcessDiedException();
        if (Strikes(FaultKind.TakeOver, commit)) TakeOver();
    }

    public void BehindCommit(CommitBatch commit)
    {
        if (Strikes(FaultKind.CrashBehindCommit, commit)) throw new ProcessDiedException();
        if (Strikes(FaultKind.ReplyLost, commit))
            throw new LogUnavailableException($"the answer to the commit of {_seat} got lost.");
    }

    // The worst moment is, mostly, a commit that says or acknowledges something; one that is silent must be safe too.
    private bool Strikes(FaultKind kind, CommitBatch commit)
    {
        if (_armed != kind || (_strikesSpeech && IsSilent(commit))) return false;
        _armed = null;
        _world.Hinder(_downMs + LeaseMs + SoonMs);
        return true;
    }

    private static bool IsSilent(CommitBatch commit) =>
        commit.OutputCount == 0 && commit.Links.TrueForAll(static link => link.Acks.Count == 0);

    // While the one before sleeps: it has handled its batch and not committed it.
    private void TakeOver()
    {
        var sleeping = _process.Owner;
        _process = Begin();
        _world.Say($"{_process.Owner} takes over from {sleeping}, which sleeps");
        if (!_process.TryServe(sleeping)) return;
        for (var i = 0; i < StepsOfTakeOver && _process.Step(); i++)
        {
        }
    }

    private void Die()
    {
        // Whoever restarts on the same machine sees that the one before is gone; elsewhere its lease runs out.
        _gone = _downMs % 2 == 0 ? _process.Owner : null;
        if (_process.Work is VenueWork venue) venue.Die();
        _process = Begin();
        Pause(_downMs);
    }

    private SimulatedProcess Begin()
    {
        var owner = FormattableString.Invariant($"{_seat.Role}-{++_processes}");
        return new SimulatedProcess(
            owner, _make(owner), _world.OpenSession(this, _seat),
            SimulatedWorld.RunnerOf(Role) with { Time = new SkewedTime(_world.Time, () => SkewMs) }, _world.Log.Keys);
    }
}
