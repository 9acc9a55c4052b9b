namespace Quantum.AppHost;

/// <summary>What an end of a process asks of the run.</summary>
internal enum EndOf
{
    /// <summary>Nothing: it lives, its end was asked for, or it is known already.</summary>
    Nothing,

    /// <summary>Another start.</summary>
    Process,

    /// <summary>The run is over: another start would not help.</summary>
    Run,
}

/// <summary>One process as its run hears of it: when its end is a fault, and whether another start helps.</summary>
/// <param name="isTape">A recording is played to the roles: it waits for each reader that lost something.</param>
/// <param name="mayEnd">Whether it may end by itself, which the feed of a recording does when asked to.</param>
/// <param name="time">Tells how long a life was.</param>
internal sealed class ProcessLife(bool isTape, bool mayEnd, TimeProvider time)
{
    /// <summary>What a service gives that says "cannot start".</summary>
    public const int CannotStart = 2;

    /// <summary>Of a recording: one that dies at once each time is not helped by another start.</summary>
    public const int MostStarts = 20;

    /// <summary>From this exit code on, or below 0, the process was ended by a signal.</summary>
    public const int FirstSignal = 128;

    private static readonly TimeSpan s_aLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private bool _isOver;
    private bool _isStopping;
    private bool _hasLived;
    private long _startedAt = time.GetTimestamp();
    private int _starts;

    /// <summary>How long to wait before the next start: nothing at first, then 1 s, 2 s, to a minute.</summary>
    public TimeSpan Pause => _starts < 2 ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _starts - 2), s_longestPause.TotalSeconds));

    /// <summary>
    /// What the newest state asks for; an end asks once. In real time only what cannot start at all ends the run:
    /// others hold positions meanwhile.
    /// </summary>
    /// <param name="state">As the orchestrator names it.</param>
    /// <param name="exitCode">Null while it is not known.</param>
    public EndOf Hear(string? state, int? exitCode)
    {
        var isOver = state is not null && KnownResourceStates.TerminalStates.Contains(state);
        if (!isOver)
        {
            // What it waits for before it runs is no life of its own.
            if (_isOver || state != KnownResourceStates.Running) _startedAt = time.GetTimestamp();
            // Who stops a process in the dashboard wants it stopped; who starts it again wants it to live.
            if (state == KnownResourceStates.Stopping) _isStopping = true;
            else if (state == KnownResourceStates.Running || _isOver) _isStopping = false;
            _isOver = false;
            return EndOf.Nothing;
        }

        if (_isOver) return EndOf.Nothing;
        var couldNotStart = state == KnownResourceStates.FailedToStart;
        // The code may come after the state.
        if (exitCode is null && !couldNotStart) return EndOf.Nothing;
        _isOver = true;
        if (_isStopping || (exitCode == 0 && mayEnd)) return EndOf.Nothing;
        if (!couldNotStart && time.GetElapsedTime(_startedAt) >= s_aLife) (_starts, _hasLived) = (0, true);
        _starts++;
        var cannotStart = couldNotStart || exitCode == CannotStart;
        return (isTape ? cannotStart || !MayHelp(exitCode!.Value) || _starts > MostStarts : cannotStart && !_hasLived)
            ? EndOf.Run : EndOf.Process;
    }

    /// <summary>Told that a start that was asked for came to nothing: the end that follows is a new one.</summary>
    public void NotStarted() => _isOver = false;

    // What a service cannot go on with, a recording meets again; a market in real time has gone on meanwhile.
    private static bool MayHelp(int exitCode) => exitCode is <= 0 or >= FirstSignal;
}
