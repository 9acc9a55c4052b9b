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

    public static RegimeReading Count(List<SymbolRegime> voters, RegimeSettings settings)
    {
        if (voters.Count == 0) return new RegimeReading(Regime.Unknown, 0, null, null);
        var all = 0.0;
        foreach (var voter in voters) all += voter.Told.Confidence;
        var (winner, votes, count) = (s_byCare[0], double.NegativeInfinity, 0);
        foreach (var regime in s_byCare)
        {
            var (of, many) = Votes(voters, regime);
            if (of > votes) (winner, votes, count) = (regime, of, many);
        }

        var share = all > 0 ? votes / all : 0;
        Span<double> values = voters.Count <= 64 ? stackalloc double[voters.Count] : new double[voters.Count];
        for (var i = 0; i < values.Length; i++) values[i] = voters[i].Volatility ?? 0;
        var volatility = Median(values);
        for (var i = 0; i < values.Length; i++) values[i] = voters[i].Trend ?? 0;
        var trend = Median(values);
        return share < settings.MarketShare
            ? new RegimeReading(Regime.Uncertain, 0.5, volatility, trend)
            : new RegimeReading(winner, share * votes / count, volatility, trend);
    }

    /// <summary>Candles in the shortest window of who votes; 0 without any.</summary>
    public static int LeastSamples(List<SymbolRegime> voters)
    {
        var least = voters.Count == 0 ? 0 : int.MaxValue;
        foreach (var voter in voters) least = Math.Min(least, voter.Closes.Count);
        return least;
    }

    private static (double Votes, int Count) Votes(List<SymbolRegime> voters, Regime regime)
    {
        var (votes, count) = (0.0, 0);
        foreach (var voter in voters)
        {
            if (voter.Told.Regime != regime) continue;
            votes += voter.Told.Confidence;
            count++;
        }

        return (votes, count);
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
