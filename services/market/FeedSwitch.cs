namespace Quantum.Market;

/// <summary>
/// Whether the market goes on: kept in the store, so that a restart changes nothing. The operator's word comes on one
/// thread, the feed waits on another.
/// </summary>
public sealed class FeedSwitch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _goesOn = new(initialState: true);

    /// <summary>Takes up what was said before this start; null when the feed goes on.</summary>
    public FeedPause? Load(IFeedStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        lock (_lock)
        {
            var pause = store.ReadPause();
            Set(pause);
            return pause;
        }
    }

    /// <summary>Follows a word: null lets the feed go on. In the store first, for a crash must not forget it.</summary>
    public void Take(FeedPause? pause, IFeedStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        lock (_lock)
        {
            store.WritePause(pause);
            Set(pause);
        }
    }

    /// <summary>True while the operator has the feed stand still.</summary>
    public bool IsPaused => !_goesOn.IsSet;

    /// <summary>Waits while the feed is paused; true when it was.</summary>
    public bool Wait(CancellationToken cancel)
    {
        if (_goesOn.IsSet) return false;
        _goesOn.Wait(cancel);
        return true;
    }

    public void Dispose() => _goesOn.Dispose();

    private void Set(FeedPause? pause)
    {
        if (pause is null) _goesOn.Set();
        else _goesOn.Reset();
    }
}
