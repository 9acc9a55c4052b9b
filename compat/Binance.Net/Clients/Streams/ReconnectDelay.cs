namespace Binance.Net.Clients.Streams;

/// <summary>
/// How long a broken connection waits: hardly at all, but five seconds from the last time that it was opened anew;
/// after a vain attempt as the options say.
/// </summary>
internal sealed class ReconnectDelay(BinanceSocketOptions options)
{
    private const int LargestExponent = 5;

    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(5);

    private DateTime _reconnectedAt;

    public void OnReconnected() => _reconnectedAt = DateTime.UtcNow;

    public async Task WaitAsync(int attempt, CancellationToken end) =>
        await Task.Delay(Of(attempt), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private TimeSpan Of(int attempt)
    {
        var delay = attempt == 0
            ? _reconnectedAt + s_calm - DateTime.UtcNow
            : options.ReconnectPolicy == ReconnectPolicy.FixedDelay
                ? options.ReconnectInterval
                : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(LargestExponent, attempt)));
        return delay > s_least ? delay : s_least;
    }
}
