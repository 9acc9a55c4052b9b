namespace Quantum.Roles.Sizing;

/// <summary>One finished trade as the policy sees it.</summary>
/// <param name="StateKey">The state it was sized in.</param>
/// <param name="SizeFraction">The share that was chosen, 0 to 1.</param>
/// <param name="RMultiple">Net result over the loss at the first stop.</param>
internal sealed record SizingEpisode(string StateKey, double SizeFraction, double RMultiple);

/// <summary>What training gave.</summary>
/// <param name="Policy">The new policy.</param>
/// <param name="RewardBefore">Mean of share times R as it was traded.</param>
/// <param name="RewardAfter">The same under the new shares.</param>
/// <param name="StatesLearnt">States with enough trades to judge them, from 0.</param>
internal sealed record SizingTraining(SizingPolicy Policy, double RewardBefore, double RewardAfter, int StatesLearnt);

/// <summary>
/// Learns shares from finished trades. The share is the bet on the state's mean R, so a state whose mean R is credibly
/// above 0 goes one step up from the prior, credibly below 0 one step down per two standard errors, two at most;
/// one that is below 0 beyond doubt, by eight standard errors, goes to 0 and is not traded; otherwise it keeps the
/// prior. Mean and error are shrunk towards 0 by five imaginary trades of R 0 and spread 1.
/// Steps count from the prior and not from the share in force, so the same trades judged twice move it once.
/// </summary>
internal static class SizingPolicyTraining
{
    /// <summary>Trades of a state below which nothing is learnt about it.</summary>
    public const int LeastTradesPerState = 5;

    private const int ImaginaryTrades = 5;
    private const int MostSteps = 2;
    private const double ErrorsPerStep = 2;
    private const double ErrorsToNothing = 8;

    /// <param name="episodes">Finished trades, from 1.</param>
    /// <param name="previous">The policy in force.</param>
    /// <param name="version">The new policy's version.</param>
    public static SizingTraining Train(IReadOnlyList<SizingEpisode> episodes, SizingPolicy previous, string version)
    {
        if (episodes.Count == 0)
            throw new ArgumentException("there is no finished trade to learn from.", nameof(episodes));
        var table = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var state in episodes.GroupBy(e => e.StateKey, StringComparer.Ordinal))
        {
            var results = state.Select(e => e.RMultiple).ToArray();
            if (results.Length < LeastTradesPerState || !SizingStateKey.TryParse(state.Key, out var key)) continue;
            table[state.Key] = ShareFor(SizingPolicy.PriorOf(key), results);
        }

        var learnt = table.Count;
        foreach (var (state, fraction) in previous.Table) table.TryAdd(state, fraction);
        return new SizingTraining(
            previous with { Version = version, Episodes = episodes.Count, Table = table },
            episodes.Average(e => e.SizeFraction * e.RMultiple),
            episodes.Average(e => table.GetValueOrDefault(e.StateKey, e.SizeFraction) * e.RMultiple),
            learnt);
    }

    private static double ShareFor(double prior, double[] results)
    {
        var errors = ErrorsFromZero(results);
        return errors <= -ErrorsToNothing
            ? 0
            : Step(prior, (int)Math.Clamp(errors / ErrorsPerStep, -MostSteps, MostSteps));
    }

    // How many standard errors the mean R is from 0.
    private static double ErrorsFromZero(double[] results)
    {
        var count = results.Length + ImaginaryTrades;
        var mean = results.Sum() / count;
        var spread = results.Sum(r => (r - mean) * (r - mean)) + ImaginaryTrades * (1 + mean * mean);
        var error = Math.Sqrt(spread / (count - 1) / count);
        return mean / error;
    }

    private static double Step(double share, int steps)
    {
        var shares = SizingPolicy.SizeFractions;
        var index = 0;
        while (index < shares.Count - 1 && shares[index + 1] <= share) index++;
        return shares[Math.Clamp(index + steps, 0, shares.Count - 1)];
    }
}
