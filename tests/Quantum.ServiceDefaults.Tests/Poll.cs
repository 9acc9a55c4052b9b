using System.Diagnostics;

namespace Quantum.ServiceDefaults.Tests;

/// <summary>Waits for a condition with a deadline, never for a fixed time.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"Waited 30 s for {what}.");
            await Task.Delay(15); // not a wait: the pause between two looks
        }
    }
}
