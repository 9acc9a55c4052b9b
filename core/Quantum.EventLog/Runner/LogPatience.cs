namespace Quantum.EventLog.Runner;

/// <summary>Waits for a log that is away, for whoever must lose nothing and has a thread to wait on.</summary>
public static class LogPatience
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    /// <summary>Calls until the log answers, with pauses of 50 ms that grow to 2 s.</summary>
    /// <param name="call">
    /// May run more than once, also when it has done its work: after a lost reply it must find that out.
    /// </param>
    /// <param name="onAway">Told before each pause why the log is away.</param>
    /// <param name="cancel">Ends a pause with an <see cref="OperationCanceledException"/>.</param>
    public static TResult Call<TResult>(Func<TResult> call, Action<string> onAway, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(onAway);
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return call();
            }
            catch (LogUnavailableException e)
            {
                onAway(e.Message);
                cancel.WaitHandle.WaitOne(pause);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }
}
