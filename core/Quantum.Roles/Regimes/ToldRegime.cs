namespace Quantum.Roles.Regimes;

/// <summary>The regime that was told and the one that wants to follow it.</summary>
internal sealed class ToldRegime
{
    public Regime Regime { get; set; } = Regime.Unknown;

    /// <summary>0 to 1.</summary>
    public double Confidence { get; set; }

    /// <summary>The regime before.</summary>
    public Regime Previous { get; set; } = Regime.Unknown;

    /// <summary>UTC epoch ms of the change.</summary>
    public long SinceMs { get; set; }

    /// <summary>Another regime that shows; null when none does.</summary>
    public Regime? Candidate { get; set; }

    /// <summary>How often in a row it showed, from 0.</summary>
    public int CandidateTimes { get; set; }

    /// <summary>UTC epoch ms of the last publication; null before the first.</summary>
    public long? PublishedAtMs { get; set; }

    /// <summary>
    /// Takes what shows now; true when the told regime changed. Unknown and volatile are told at once.
    /// </summary>
    public bool Take(in RegimeReading reading, long atMs, RegimeSettings settings)
    {
        if (reading.Regime == Regime)
        {
            Confidence = reading.Confidence;
            Candidate = null;
            CandidateTimes = 0;
            return false;
        }

        CandidateTimes = Candidate == reading.Regime ? CandidateTimes + 1 : 1;
        Candidate = reading.Regime;
        var isUrgent = reading.Regime is Regime.Volatile or Regime.Unknown || Regime == Regime.Unknown;
        var mayFollow = CandidateTimes >= settings.ConfirmTimes && atMs - SinceMs >= settings.MinDwellMs;
        if (!isUrgent && !mayFollow) return false;
        (Previous, Regime) = (Regime, reading.Regime);
        Confidence = reading.Confidence;
        SinceMs = atMs;
        Candidate = null;
        CandidateTimes = 0;
        return true;
    }
}
