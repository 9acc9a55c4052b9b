namespace Quantum.Market;

/// <summary>Writes every ten seconds how far the feed is.</summary>
public sealed class FeedProgress(ILogger log, TimeProvider time, long? firstMs, long? lastMs)
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);

    private long _toldAt = time.GetTimestamp();
    private long _toldTapeMs;

    /// <summary>True once something was published.</summary>
    public bool HasBegun => _toldTapeMs != 0;

    /// <summary>Told after each step.</summary>
    /// <param name="tapeMs">The step, UTC epoch ms.</param>
    /// <param name="candles">Published so far.</param>
    /// <param name="conflated">Overwritten before they were sent, 0 or more.</param>
    public void Step(long tapeMs, long candles, long conflated = 0)
    {
        if (_toldTapeMs == 0) _toldTapeMs = tapeMs;
        var elapsed = time.GetElapsedTime(_toldAt);
        if (elapsed < s_every) return;
        var speed = (tapeMs - _toldTapeMs) / elapsed.TotalMilliseconds;
        (_toldAt, _toldTapeMs) = (time.GetTimestamp(), tapeMs);
        log.LogInformation(
            "tape {Tape:yyyy-MM-dd HH:mm:ss}Z, {Speed:0.#} x real time, {Candles} candles{Share}{Conflated}",
            DateTimeOffset.FromUnixTimeMilliseconds(tapeMs), speed, candles, ShareOf(tapeMs),
            conflated == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {conflated} conflated"));
    }

    private string ShareOf(long tapeMs) => firstMs is { } first && lastMs is { } last && last > first
        ? string.Create(CultureInfo.InvariantCulture, $", {(tapeMs - first) / (double)(last - first):P1}")
        : "";
}
