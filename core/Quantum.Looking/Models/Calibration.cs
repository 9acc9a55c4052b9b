using Quantum.Roles.Learning;

namespace Quantum.Looking.Models;

/// <summary>Signals of like probability, and how many came true.</summary>
/// <param name="Said">Mean probability that they gave their side, 0.5 to 1.</param>
/// <param name="Came">Share whose side won, 0 to 1.</param>
/// <param name="Signals">From 1.</param>
public sealed record CalibrationBin(double Said, double Came, int Signals)
{
    /// <summary>Of the share, as if no two signals shared an outcome: the true one is larger.</summary>
    public double Error => Math.Sqrt(Came * (1 - Came) / Signals);
}

/// <summary>
/// What the signals of one model version said against what came: scored as the model's supervisor scores them, by the
/// price after the plan's longest hold.
/// </summary>
/// <param name="Version">The version; null where no signal has been scored.</param>
/// <param name="Scored">Signals that have come true or not, from 0.</param>
/// <param name="Brier">Mean squared distance of probability and outcome, 0 to 1; null without any.</param>
/// <param name="Bins">Rising, of about as many signals each; empty where they are too few.</param>
/// <param name="IsCut">True where the streams hold more than were read.</param>
public sealed record Calibration(
    string? Version, int Scored, double? Brier, IReadOnlyList<CalibrationBin> Bins, bool IsCut)
{
    /// <summary>Signals below which no curve is drawn.</summary>
    public const int Least = 40;

    private const int LeastInBin = 20;
    private const int MostBins = 8;

    /// <summary>Of the version in use, from the newest signals that the stream keeps.</summary>
    /// <param name="look">Where.</param>
    /// <param name="version">Whose signals; null: of every version.</param>
    /// <param name="horizonMs">After how long a signal has come true or not, ms.</param>
    /// <param name="most">Signals that are read.</param>
    public static Calibration Of(SystemRedis look, string? version, long horizonMs, int most)
    {
        ArgumentNullException.ThrowIfNull(look);
        var scores = new Dictionary<string, SignalScores>(StringComparer.Ordinal);
        var scored = new List<ScoredSignal>();
        var entries = look.Last(StreamCatalog.SignalGenerated, most).ToList();
        // Oldest first, those of one millisecond too.
        foreach (var entry in entries.AsEnumerable().Reverse().OrderBy(entry => entry.IdMs))
        {
            if (!entry.TryRead(StreamCatalog.SignalGenerated, out var signal)) continue;
            var name = signal.Symbol.Name;
            if (!scores.TryGetValue(name, out var open)) scores[name] = open = new SignalScores();
            if (open.Add(in signal, horizonMs) is { } settled && (version is null || settled.Version == version))
                scored.Add(settled);
        }

        return new Calibration(
            version, scored.Count, scored.Count == 0 ? null : scored.Average(one => one.Brier), BinsOf(scored),
            entries.Count >= most);
    }

    private static IReadOnlyList<CalibrationBin> BinsOf(List<ScoredSignal> scored)
    {
        if (scored.Count < Least) return [];
        var bins = Math.Min(MostBins, scored.Count / LeastInBin);
        var rising = scored.OrderBy(one => one.Likelier).ToList();
        return
        [
            .. Enumerable.Range(0, bins)
                .Select(bin => rising[(rising.Count * bin / bins)..(rising.Count * (bin + 1) / bins)])
                .Select(part => new CalibrationBin(
                    part.Average(one => one.Likelier), part.Count(one => one.IsHit) / (double)part.Count, part.Count)),
        ];
    }
}
