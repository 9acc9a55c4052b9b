namespace Quantum.Roles.Regimes;

/// <summary>One symbol's window of closed candles and its regime.</summary>
internal sealed class SymbolRegime
{
    /// <summary>Closes, oldest first, quote currency.</summary>
    public List<double> Closes { get; init; } = [];

    /// <summary>Start of the last candle, UTC epoch ms.</summary>
    public long OpenTimeMs { get; set; }

    /// <summary>End of the last candle, UTC epoch ms.</summary>
    public long CloseTimeMs { get; set; }

    /// <summary>Fraction per candle; null without enough candles.</summary>
    public double? Volatility { get; set; }

    /// <summary>Fraction per candle; null without enough candles.</summary>
    public double? Trend { get; set; }

    public ToldRegime Told { get; init; } = new();
}
