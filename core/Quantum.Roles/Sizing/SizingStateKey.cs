namespace Quantum.Roles.Sizing;

/// <summary>Confidence in four bands: below 0.55, from 0.55, from 0.65, from 0.8.</summary>
internal enum ConfidenceBand { Low, Fair, High, VeryHigh }

/// <summary>Gross exposure over equity in three bands: below 0.5, from 0.5, from 1.</summary>
internal enum ExposureBand { Light, Medium, Heavy }

/// <summary>What the policy tells states apart by.</summary>
internal readonly record struct SizingStateKey(Regime Regime, ConfidenceBand Confidence, ExposureBand Exposure)
{
    /// <summary>The state as it stands in <c>sizing.decided</c>: <c>Bull|High|Light</c>.</summary>
    public string Text => $"{Regime}|{Confidence}|{Exposure}";

    /// <param name="regime">The symbol's regime.</param>
    /// <param name="confidence">Calibrated probability, 0 to 1.</param>
    /// <param name="grossExposureFraction">Gross exposure over equity, 0 or more.</param>
    public static SizingStateKey Of(Regime regime, double confidence, double grossExposureFraction) => new(
        regime,
        confidence switch
        {
            >= 0.8 => ConfidenceBand.VeryHigh,
            >= 0.65 => ConfidenceBand.High,
            >= 0.55 => ConfidenceBand.Fair,
            _ => ConfidenceBand.Low,
        },
        grossExposureFraction switch
        {
            >= 1 => ExposureBand.Heavy,
            >= 0.5 => ExposureBand.Medium,
            _ => ExposureBand.Light,
        });

    /// <summary>Reads <see cref="Text"/>; false when it names a state of another vocabulary.</summary>
    public static bool TryParse(string text, out SizingStateKey key)
    {
        key = default;
        var parts = text.Split('|');
        if (parts.Length != 3
            || !Enum.TryParse<Regime>(parts[0], out var regime)
            || !Enum.TryParse<ConfidenceBand>(parts[1], out var confidence)
            || !Enum.TryParse<ExposureBand>(parts[2], out var exposure)) return false;
        key = new SizingStateKey(regime, confidence, exposure);
        return key.Text == text;
    }
}
