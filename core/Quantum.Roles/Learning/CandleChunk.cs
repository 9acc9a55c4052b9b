using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Learning;

/// <summary>
/// Up to 64 neighbouring candles of one symbol, saved as one: a commit rewrites this little and no more of the window.
/// </summary>
internal sealed class CandleChunk
{
    /// <summary>Candles that a chunk spans.</summary>
    public const int Span = 64;

    private const int Columns = 6;

    /// <summary>Length of its candles, ms.</summary>
    public long SpanMs { get; set; } = Candle.LengthMs;

    /// <summary>Per candle: its place in the chunk (0 to 63), open, high, low, close, volume.</summary>
    public List<double> Rows { get; init; } = [];

    /// <summary>Candles held, 0 to 64.</summary>
    public int Held() => Rows.Count / Columns;

    public void Add(in Candle candle)
    {
        SpanMs = candle.SpanMs;
        ReadOnlySpan<double> row =
        [
            PlaceOf(candle.OpenTimeMs, SpanMs), candle.Open, candle.High, candle.Low, candle.Close, candle.Volume,
        ];
        Rows.AddRange(row);
    }

    /// <summary>Adds to <paramref name="target"/> the candles that end within (from, to].</summary>
    public void CopyTo(List<Candle> target, long number, long fromMs, long toMs)
    {
        for (var i = 0; i < Rows.Count; i += Columns)
        {
            var openMs = (number * Span + (long)Rows[i]) * SpanMs;
            var candle = new Candle(openMs, Rows[i + 1], Rows[i + 2], Rows[i + 3], Rows[i + 4], Rows[i + 5])
            {
                SpanMs = SpanMs,
            };
            if (candle.CloseTimeMs > fromMs && candle.CloseTimeMs <= toMs) target.Add(candle);
        }
    }

    public static int PlaceOf(long openTimeMs, long spanMs) => (int)(openTimeMs / spanMs % Span);

    /// <summary>The chunk of a moment, counted from the epoch.</summary>
    public static long NumberOf(long openTimeMs, long spanMs) => openTimeMs / spanMs / Span;

    /// <summary>Symbol and number: sorts by symbol, then by time.</summary>
    public static string KeyOf(Symbol symbol, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{symbol.Name}|{number:D9}");

    public static (string Symbol, long Number) PartsOf(string key)
    {
        var bar = key.IndexOf('|', StringComparison.Ordinal);
        return (key[..bar], long.Parse(key.AsSpan(bar + 1), CultureInfo.InvariantCulture));
    }
}
