using System.Collections.Concurrent;

namespace Quantum.Executor.Venue;

/// <summary>
/// What waits for one lane: what reduces risk first, and that also while the lane waits for something else. Put by any
/// thread, taken by the lane alone.
/// </summary>
internal sealed class LaneLine : IDisposable
{
    /// <summary>What is handed out may wait in its turn, and so on, so deep.</summary>
    private const int MostDeep = 8;

    private readonly SemaphoreSlim _waiting = new(0);
    private readonly ConcurrentQueue<Func<Task>> _urgent = new();
    private readonly ConcurrentQueue<Func<Task>> _ordinary = new();
    private TaskCompletionSource? _urgentCame;
    private int _depth;

    /// <summary>True while what is urgent is handed out because the lane waits for something else.</summary>
    public bool IsServing => _depth > 0;

    public void Put(bool isUrgent, Func<Task> work)
    {
        (isUrgent ? _urgent : _ordinary).Enqueue(work);
        if (isUrgent) Interlocked.CompareExchange(ref _urgentCame, null, null)?.TrySetResult();
        _waiting.Release();
    }

    /// <summary>The next piece of work; waits for one.</summary>
    public async Task<Func<Task>> NextAsync()
    {
        while (true)
        {
            await _waiting.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            // What was served meanwhile has left its turn behind.
            if (_urgent.TryDequeue(out var work) || _ordinary.TryDequeue(out work)) return work;
        }
    }

    /// <summary>Waits for the end of something, and hands out what is urgent meanwhile.</summary>
    /// <param name="end">What is waited for; its faults are the caller's to see.</param>
    /// <param name="serve">Does one piece of work, and never throws.</param>
    public async Task ServeUntilAsync(Task end, Func<Func<Task>, Task> serve)
    {
        if (_depth == MostDeep)
        {
            await Task.WhenAny(end).ConfigureAwait(false);
            return;
        }

        _depth++;
        try
        {
            await HandOutAsync(end, serve).ConfigureAwait(false);
        }
        finally
        {
            _depth--;
        }
    }

    public void Dispose() => _waiting.Dispose();

    private async Task HandOutAsync(Task end, Func<Func<Task>, Task> serve)
    {
        // What is waited for goes before what has come since: else one question after the other would bury it.
        while (!end.IsCompleted)
        {
            var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _urgentCame, came);
            if (_urgent.TryDequeue(out var work)) await serve(work).ConfigureAwait(false);
            else await Task.WhenAny(end, came.Task).ConfigureAwait(false);
        }
    }
}
