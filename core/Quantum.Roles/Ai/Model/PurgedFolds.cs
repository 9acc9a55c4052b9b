namespace Quantum.Roles.Ai.Model;

/// <summary>One part of the samples held out, and what may be learnt from for it.</summary>
/// <param name="Learnt">Samples whose outcome shares no time with a held-out one.</param>
/// <param name="HeldOut">Neighbours in time.</param>
internal sealed record PurgedFold(IReadOnlyList<Sample> Learnt, IReadOnlyList<Sample> HeldOut);

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
            yield return new PurgedFold(
                Learnt(samples, fromMs - horizonMs, toMs + horizonMs), [.. samples.Skip(from).Take(to - from)]);
            from = to;
        }
    }

    private static List<Sample> Learnt(IReadOnlyList<Sample> samples, long untilMs, long againMs)
    {
        var learnt = new List<Sample>(samples.Count);
        for (var i = 0; i < samples.Count; i++)
            if (samples[i] is var sample && (sample.AtMs <= untilMs || sample.AtMs >= againMs)) learnt.Add(sample);
        return learnt;
    }
}
