using Quantum.Contracts.Units;

namespace Quantum.Roles.Regimes;

/// <summary>
/// The market's regime by vote: each known symbol votes for its regime with its confidence. The winner needs its share
/// of the votes, else the market is uncertain; its confidence is that share times the voters' mean confidence.
/// </summary>
internal static class MarketVote
{
    /// <summary>On equal votes the more careful regime wins.</summary>
    private static readonly Regime[] s_byCare =
        [Regime.Volatile, Regime.Bear, Regime.Uncertain, Regime.Range, Regime.Bull];

    public static RegimeReading Count(IReadOnlyList<SymbolRegime> voters, RegimeSettings settings)
    {
        if (voters.Count == 0) return new RegimeReading(Regime.Unknown, 0, null, null);
        var all = voters.Sum(voter => voter.Told.Confidence);
        var winner = s_byCare.MaxBy(regime => Votes(voters, regime));
        var votes = Votes(voters, winner);
        var share = all > 0 ? votes / all : 0;
        var volatility = Median([.. voters.Select(voter => voter.Volatility ?? 0)]);
        var trend = Median([.. voters.Select(voter => voter.Trend ?? 0)]);
        return share < settings.MarketShare
            ? new RegimeReading(Regime.Uncertain, 0.5, volatility, trend)
            : new RegimeReading(winner, share * votes / voters.Count(v => v.Told.Regime == winner), volatility, trend);
    }

    private static double Votes(IReadOnlyList<SymbolRegime> voters, Regime regime) =>
        voters.Where(voter => voter.Told.Regime == regime).Sum(voter => voter.Told.Confidence);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
