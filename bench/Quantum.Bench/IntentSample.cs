namespace Quantum.Bench;

/// <summary>The sample entry of trade.intent that every publish and read figure uses: 8 flat fields.</summary>
internal static class IntentSample
{
    /// <summary>Names and values in turn.</summary>
    public static readonly string[] Fields =
    [
        "symbol", "NEARUSDT", "side", "BUY", "confidence", "0.72", "position_size_usd", "200.0",
        "leverage", "1", "atr_value", "0.02", "volatility_factor", "0.55", "regime", "unknown",
    ];

    public const string Stream = "quantum:stream:trade.intent";
    public const string Group = "quantum:group:execution:trade.intent";
    public const string Consumer = "own";

    /// <summary>Entries per read and per acknowledgement.</summary>
    public const int ReadBatch = 100;
}
