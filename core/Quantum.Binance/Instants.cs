namespace Quantum.Binance;

/// <summary>The library's times as ours.</summary>
internal static class Instants
{
    /// <summary>UTC epoch ms.</summary>
    public static long Ms(this DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>UTC.</summary>
    public static DateTime Utc(this long epochMs) => DateTime.UnixEpoch.AddMilliseconds(epochMs);

    /// <summary>UTC epoch ms.</summary>
    public static long NowMs(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
