namespace Quantum.Roles.Ilf;

/// <summary>
/// The distances the level formulas start from; the defaults are the audited ones. What cannot be a fraction is
/// refused: the audited system passed 1.0 for one percent and took profit at 89 %.
/// </summary>
public sealed record LevelBases
{
    /// <summary>Take profit, fraction of price.</summary>
    [Range(0.0, 0.2, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double TakeProfitFraction { get; set; } = 0.01;

    /// <summary>Stop loss, fraction of price.</summary>
    [Range(0.0, 0.2, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double StopLossFraction { get; set; } = 0.005;
}
