namespace Quantum.Roles.Regimes;

/// <summary>The market as a whole.</summary>
internal sealed class MarketRegime
{
    /// <summary>UTC epoch ms of the last vote.</summary>
    public long VotedAtMs { get; set; }

    /// <summary>Median of the voters; null without any.</summary>
    public double? Volatility { get; set; }

    /// <summary>Median of the voters; null without any.</summary>
    public double? Trend { get; set; }

    /// <summary>Fewest candles of a voter.</summary>
    public int Samples { get; set; }

    public ToldRegime Told { get; init; } = new();
}
