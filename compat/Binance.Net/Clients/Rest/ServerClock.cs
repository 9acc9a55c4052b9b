namespace Binance.Net.Clients.Rest;

/// <summary>The difference between this machine's clock and the exchange's, measured anew each interval.</summary>
internal sealed class ServerClock(TimeSpan interval, Func<Task<HttpResult<DateTime>>> ask) : IDisposable
{
    // Until then the exchange lies ahead of nobody: it accepts what is younger than its own time by less than a second.
    private static readonly TimeSpan s_tolerated = TimeSpan.FromMilliseconds(500);

    // Requests are dated a second back, so that a clock that runs ahead a little is no error.
    private static readonly TimeSpan s_back = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isWarm;
    private DateTime? _measuredAt;
    private TimeSpan _offset;

    public DateTime Timestamp => DateTime.UtcNow + _offset - s_back;

    /// <summary>The first measurement is waited for, a later one runs beside the request.</summary>
    public Task SyncAsync()
    {
        var isFirst = _measuredAt is null;
        var measuring = MeasureAsync();
        return isFirst ? measuring : Task.CompletedTask;
    }

    public void Forget() => _measuredAt = null;

    public void Dispose() => _turn.Dispose();

    private async Task MeasureAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (DateTime.UtcNow - _measuredAt < interval) return;
            var asked = DateTime.UtcNow;
            var result = await ask().ConfigureAwait(false);
            if (result.Success && !_isWarm)
            {
                // A client's first request opens its connection, and takes too long to measure by.
                asked = DateTime.UtcNow;
                result = await ask().ConfigureAwait(false);
            }

            // Without a measurement the request goes out as it is; the exchange judges.
            if (!result.Success) return;
            _isWarm = true;
            var offset = result.Data - (asked + result.ResponseTime.GetValueOrDefault() / 2);
            _offset = offset > TimeSpan.Zero && offset < s_tolerated ? TimeSpan.Zero : offset;
            _measuredAt = DateTime.UtcNow;
        }
        finally
        {
            _turn.Release();
        }
    }
}
