namespace Quantum.Roles.TradingBot;

/// <summary>
/// What may be spent on trades that are made to learn, while no model is good enough to trade by; in sim and paper
/// alone, at the least size.
/// </summary>
public sealed record ExplorationSettings
{
    /// <summary>False: nothing is entered to learn.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>
    /// Most that the trades of one UTC day may lose together, fraction of equity, 0 to 0.01: what each loses at its
    /// stop, with its cost, is reserved before it is asked for.
    /// </summary>
    public double DailyLossFraction { get; init; } = 0.0005;

    /// <summary>Trades a UTC day, from 0.</summary>
    public int DailyTrades { get; init; } = 24;

    /// <summary>The settings themselves; throws <see cref="ArgumentException"/> that names the one at fault.</summary>
    public ExplorationSettings Checked()
    {
        if (!(DailyLossFraction is >= 0 and <= 0.01))
            throw new ArgumentException(
                $"TradingBot:Exploration:{nameof(DailyLossFraction)} is {DailyLossFraction}: set it to 0 to 0.01.");
        return DailyTrades >= 0
            ? this
            : throw new ArgumentException(
                $"TradingBot:Exploration:{nameof(DailyTrades)} is {DailyTrades}: set it to 0 or more.");
    }
}
