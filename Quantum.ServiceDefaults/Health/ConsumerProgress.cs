namespace Quantum.ServiceDefaults.Health;

/// <summary>Where the runner reports how one consumer (a role reading a stream) gets on; thread-safe.</summary>
public sealed class ConsumerProgress
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private long _leaseChangedAt;
    private LeaseState _lease;
    private long? _committedAt;
    private long? _waitingSince;
    private long _committedInputs;
    private long _unreadInputs;

    internal ConsumerProgress(TimeProvider time, string role, string stream, TimeSpan objective, LeaseState lease)
    {
        _time = time;
        _leaseChangedAt = time.GetTimestamp();
        _lease = lease;
        Role = role;
        Stream = stream;
        Objective = objective;
    }

    public string Role { get; }

    public string Stream { get; }

    /// <summary>The longest time that work may wait without a commit, more than zero.</summary>
    public TimeSpan Objective { get; }

    /// <summary>Tells who may work.</summary>
    public void Lease(LeaseState state)
    {
        lock (_gate)
        {
            if (_lease == state)
                return;
            _lease = state;
            _leaseChangedAt = _time.GetTimestamp();
        }
    }

    /// <summary>Tells how many inputs wait to be committed, 0 or more; they start to wait when first seen.</summary>
    public void Unread(long inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        lock (_gate)
        {
            _unreadInputs = inputs;
            _waitingSince = inputs == 0 ? null : _waitingSince ?? _time.GetTimestamp();
        }
    }

    /// <summary>Tells that inputs were committed and how many still wait.</summary>
    public void Committed(int inputs, long unread)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(unread);
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            _committedInputs += inputs;
            _committedAt = now;
            _unreadInputs = unread;
            // A commit is progress: what still waits gets the whole objective again.
            _waitingSince = unread == 0 ? null : now;
        }
    }

    /// <summary>Says how this consumer gets on at this moment.</summary>
    public ConsumerReport Report()
    {
        lock (_gate)
        {
            var waited = _waitingSince is { } since ? _time.GetElapsedTime(since) : TimeSpan.Zero;
            return new(
                Role,
                Stream,
                _lease,
                _committedInputs,
                _unreadInputs,
                _committedAt is { } at ? (long)_time.GetElapsedTime(at).TotalMilliseconds : null,
                (long)waited.TotalMilliseconds,
                (long)Objective.TotalMilliseconds,
                Judge(waited));
        }
    }

    // What is wrong, or null. A standby does not judge the owner's work.
    private string? Judge(TimeSpan waited) => _lease switch
    {
        LeaseState.Standby => null,
        LeaseState.None => $"no lease for {_time.GetElapsedTime(_leaseChangedAt).TotalMilliseconds:0} ms",
        _ when waited > Objective =>
            $"{_unreadInputs} inputs wait {waited.TotalMilliseconds:0} ms, "
            + $"objective {Objective.TotalMilliseconds:0} ms",
        _ => null,
    };
}
