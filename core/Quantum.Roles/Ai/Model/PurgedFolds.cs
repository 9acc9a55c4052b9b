namespace Quantum.Roles.Ai.Model;

/// <summary>
/// One part of the samples held out, neighbours in time, and what may be learnt from for it: those before and behind
/// whose outcome shares no time with a held-out one. All by their places.
/// </summary>
/// <param name="LearntTo">Behind the last sample before that may be learnt from.</param>
/// <param name="From">The first that is held out.</param>
/// <param name="To">Behind the last that is held out.</param>
/// <param name="LearntFrom">The first behind that may be learnt from.</param>
internal readonly record struct PurgedFold(int LearntTo, int From, int To, int LearntFrom);

/// <summary>
/// Purged cross-validation with embargo (Lopez de Prado 2018, ch. 7.4): every sample is held out once; of the others
/// those are left out whose label reaches into the held-out time, and those behind it into which a held-out label
/// reaches.
/// </summary>
internal static class PurgedFolds
{
    /// <param name="samples">In order of time.</param>
    /// <param name="folds">From 2.</param>
    /// <param name="horizonMs">How far a label looks ahead at most, ms.</param>
    public static IEnumerable<PurgedFold> Split(IReadOnlyList<Sample> samples, int folds, long horizonMs)
    {
        var from = 0;
        for (var fold = 1; fold <= folds && from < samples.Count; fold++)
        {
            var to = fold == folds ? samples.Count : Math.Max(from + 1, samples.Count * fold / folds);
            // All symbols of one moment stay together.
            while (to < samples.Count && samples[to].AtMs == samples[to - 1].AtMs) to++;
            var fromMs = samples[from].AtMs;
            var toMs = samples[to - 1].AtMs;
            var (learntTo, learntFrom) = (from, to);
            while (learntTo > 0 && samples[learntTo - 1].AtMs > fromMs - horizonMs) learntTo--;
            while (learntFrom < samples.Count && samples[learntFrom].AtMs < toMs + horizonMs) learntFrom++;
            yield return new PurgedFold(learntTo, from, to, learntFrom);
            from = to;
        }
    }
}
