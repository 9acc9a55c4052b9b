namespace Quantum.Roles.TradingBot;

/// <summary>
/// What may be spent on trades that are made to learn, while no model is good enough to trade by; in sim and paper
/// alone, at the least size.
/// </summary>
public sealed record ExplorationSettings
{
    /// <summary>False: nothing is entered to learn.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>
    /// Most that the trades of one UTC day may lose together, fraction of equity: what each loses at its
    /// stop, with its cost, is reserved before it is asked for.
    /// </summary>
    [Range(0.0, 0.01)] public double DailyLossFraction { get; set; } = 0.0005;

    /// <summary>Trades a UTC day.</summary>
    [AtLeast(0)] public int DailyTrades { get; set; } = 24;
}
