using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Quantum.Testing;

/// <summary>Waits for something to come true by polling with a deadline; tests never sleep to wait.</summary>
public static class Eventually
{
    /// <summary>The usual deadline, generous because test machines are shared.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_usual = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Returns when <paramref name="condition"/> holds; throws after the deadline, naming the condition. It is asked
    /// <paramref name="every"/> so often, each 5 ms when not given: longer where asking costs others the processor.
    /// </summary>
    public static void True(
        Func<bool> condition, TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string what = "", TimeSpan? every = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = deadline ?? Deadline;
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > limit)
                throw new TimeoutException($"Not true within {limit.TotalSeconds:0.#} s: {what}");
            Thread.Sleep(every ?? s_usual);
        }
    }

    /// <summary>The same without holding a thread.</summary>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string what = "", TimeSpan? every = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = deadline ?? Deadline;
        var clock = Stopwatch.StartNew();
        while (!await condition().ConfigureAwait(false))
        {
            if (clock.Elapsed > limit)
                throw new TimeoutException($"Not true within {limit.TotalSeconds:0.#} s: {what}");
            await Task.Delay(every ?? s_usual).ConfigureAwait(false);
        }
    }
}
