using System.Diagnostics;

namespace Quantum.Console.Live;

/// <summary>
/// What a single page asks beyond what all show, such as a trade's chain: over a connection of its own.
/// </summary>
public sealed class Questions(ConsoleRedis redis) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _dear = new(1);
    private (string Key, long At, Task Answer)? _kept;

    /// <summary>The answer; or why there is none, in words.</summary>
    public async Task<(T? Answer, string? Fault)> AskAsync<T>(
        Func<SystemRedis, T> question, CancellationToken cancel = default)
        where T : class
    {
        try
        {
            return (await Task.Run(() => Ask(question), cancel).WaitAsync(s_limit, cancel), null);
        }
        catch (Exception fault) when (ConsoleRedis.IsFault(fault))
        {
            return (null, fault.Message.Split('\n')[0]);
        }
    }

    /// <summary>
    /// The same for a question that costs much: a page asks it when it is sent and again when it comes alive, and gets
    /// the answer of a moment ago.
    /// </summary>
    /// <param name="key">Names question and answer.</param>
    public Task<(T? Answer, string? Fault)> AskOnceAsync<T>(string key, Func<SystemRedis, T> question)
        where T : class
    {
        lock (_lock)
        {
            if (_kept is { } kept && kept.Key == key && Stopwatch.GetElapsedTime(kept.At) < s_kept
                && kept.Answer is Task<(T?, string?)> known) return known;
            var asked = AskAsync(look => InTurn(question, look));
            _kept = (key, Stopwatch.GetTimestamp(), asked);
            return asked;
        }
    }

    // One at a time: what a page has given up still reads to its end, and must not pile up.
    private T InTurn<T>(Func<SystemRedis, T> question, SystemRedis look)
    {
        if (!_dear.Wait(s_limit)) throw new TimeoutException("Other questions like it are asked already: ask again.");
        try
        {
            return question(look);
        }
        finally
        {
            _dear.Release();
        }
    }

    public void Dispose() => _dear.Dispose();

    private T Ask<T>(Func<SystemRedis, T> question)
    {
        using var look = redis.Open();
        return question(look);
    }
}
