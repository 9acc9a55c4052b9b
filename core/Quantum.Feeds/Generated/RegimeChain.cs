namespace Quantum.Feeds.Generated;

/// <summary>
/// The market's weather: a Markov chain over four regimes, one step a second. Each lasts an exponential time around its
/// mean and then gives way by fixed odds.
/// </summary>
public sealed class RegimeChain
{
    private const double SecondsPerHour = 3600;

    private static readonly RegimeLaw[] s_laws =
    [
        new(Regime.Range, 0.35, 0, 4 * SecondsPerHour,
            [(Regime.Bull, 0.4), (Regime.Bear, 0.4), (Regime.Volatile, 0.2)]),
        new(Regime.Bull, 0.55, 0.0020, 2.5 * SecondsPerHour,
            [(Regime.Range, 0.6), (Regime.Volatile, 0.2), (Regime.Bear, 0.2)]),
        new(Regime.Bear, 0.60, -0.0020, 2.5 * SecondsPerHour,
            [(Regime.Range, 0.55), (Regime.Volatile, 0.25), (Regime.Bull, 0.2)]),
        new(Regime.Volatile, 1.40, 0, 0.75 * SecondsPerHour,
            [(Regime.Range, 0.5), (Regime.Bull, 0.25), (Regime.Bear, 0.25)]),
    ];

    private readonly Xoshiro256 _chance;
    private RegimeLaw _law = s_laws[0];

    internal RegimeChain(Xoshiro256 chance) => _chance = chance;

    public Regime Regime => _law.Regime;

    /// <summary>Of BTCUSDT, as a fraction of the price per year.</summary>
    public double AnnualVolatility => _law.AnnualVolatility;

    /// <summary>Expected log return per hour at the usual edge.</summary>
    public double DriftPerHour => _law.DriftPerHour;

    /// <summary>The volatility of a regime, as a fraction of the price per year.</summary>
    public static double VolatilityOf(Regime regime) => LawOf(regime).AnnualVolatility;

    internal void Advance()
    {
        if (_chance.NextUniform() >= 1 / _law.MeanSeconds) return;
        var draw = _chance.NextUniform();
        foreach (var (regime, odds) in _law.Next)
        {
            draw -= odds;
            if (draw >= 0) continue;
            _law = LawOf(regime);
            return;
        }

        _law = LawOf(_law.Next[^1].Regime);
    }

    private static RegimeLaw LawOf(Regime regime) => Array.Find(s_laws, law => law.Regime == regime)
        ?? throw new ArgumentOutOfRangeException(nameof(regime), regime, "the generator has no such regime.");

    private sealed record RegimeLaw(
        Regime Regime, double AnnualVolatility, double DriftPerHour, double MeanSeconds,
        (Regime Regime, double Odds)[] Next);
}
