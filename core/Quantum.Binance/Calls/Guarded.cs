namespace Quantum.Binance.Calls;

/// <summary>
/// Where the library is called: what it throws, after the request may have gone out, says nothing of the request.
/// </summary>
internal static class Guarded
{
    public static async Task<Reply<T>> TryAsync<T>(Func<Task<Reply<T>>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return Reply.Broken<T>($"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Ends when cancelled, without a fault.</summary>
    public static async Task UntilCancelledAsync(Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Asked for.
        }
    }
}
