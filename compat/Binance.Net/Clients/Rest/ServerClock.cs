namespace Binance.Net.Clients.Rest;

/// <summary>The difference between this machine's clock and the exchange's, measured anew each interval.</summary>
/// <param name="ask">Asks the exchange for its time.</param>
/// <param name="wasFirst">True when what was asked last was the client's first request of all.</param>
internal sealed class ServerClock(TimeSpan interval, Func<Task<HttpResult<DateTime>>> ask, Func<bool> wasFirst)
    : IDisposable
{
    // A clock of the exchange that is ahead by less is taken for right.
    private static readonly TimeSpan s_tolerated = TimeSpan.FromMilliseconds(500);

    // Requests are dated a second back, so that a clock that runs ahead a little is no error.
    private static readonly TimeSpan s_back = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _measuredAt;
    private TimeSpan _offset;

    public DateTime Timestamp => DateTime.UtcNow + _offset - s_back;

    /// <summary>The first measurement is waited for, a later one runs beside the request.</summary>
    public Task SyncAsync()
    {
        var isFirst = Volatile.Read(ref _measuredAt) == 0;
        var measuring = MeasureAsync();
        return isFirst ? measuring : Task.CompletedTask;
    }

    public void Forget() => Volatile.Write(ref _measuredAt, 0);

    public void Dispose() => _turn.Dispose();

    private async Task MeasureAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (DateTime.UtcNow.Ticks - Volatile.Read(ref _measuredAt) < interval.Ticks) return;
            var asked = DateTime.UtcNow;
            var result = await ask().ConfigureAwait(false);
            if (result.Success && wasFirst())
            {
                // A client's first request opens its connection, and takes too long to measure by.
                asked = DateTime.UtcNow;
                result = await ask().ConfigureAwait(false);
            }

            // Without a measurement the request goes out as it is; the exchange judges.
            if (!result.Success) return;
            var offset = result.Data - (asked + result.ResponseTime.GetValueOrDefault() / 2);
            _offset = offset > TimeSpan.Zero && offset < s_tolerated ? TimeSpan.Zero : offset;
            Volatile.Write(ref _measuredAt, DateTime.UtcNow.Ticks);
        }
        finally
        {
            _turn.Release();
        }
    }
}
