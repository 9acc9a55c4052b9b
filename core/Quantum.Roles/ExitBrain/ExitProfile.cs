namespace Quantum.Roles.ExitBrain;

/// <summary>
/// How a position is taken apart: targets with the share taken at each, and how the stop trails what is left. What the
/// targets leave over is the runner, which only the trailing stop or the time stop closes.
/// </summary>
public sealed record ExitProfile : IValidatableObject
{
    /// <summary>What the ladder is called in events and logs.</summary>
    [Required] public required string Name { get; set; }

    /// <summary>
    /// Targets in R with their shares; empty takes the adaptive targets with the harvest split of the leverage.
    /// </summary>
    [Required] public required IReadOnlyList<ProfileTarget> Targets { get; set; }

    /// <summary>Trailing steps by rising R; empty does not trail.</summary>
    [Required] public IReadOnlyList<TrailStep> Trailing { get; set; } = [];

    /// <summary>
    /// Closes the position when no target was reached within this time, ms; null waits for the time stop.
    /// </summary>
    [Above(0)] public long? FirstTargetWithinMs { get; set; }

    public bool IsAdaptive => Targets.Count == 0;

    /// <summary>What no target takes, 0 to 1.</summary>
    public decimal RunnerFraction => IsAdaptive ? 0m : 1m - Targets.Sum(target => target.ShareFraction);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Rise(Targets.Select(target => target.AtR))) yield return new("targets lie above 0 R and rise");
        if (Targets.Any(target => target.ShareFraction is <= 0m or > 1m)) yield return new("a share is in (0, 1]");
        if (RunnerFraction < 0m)
            yield return new($"the shares sum to {1m - RunnerFraction}: they sum to 1 at most, the rest is the runner");
        if (RunnerFraction > 0m && Trailing.Count == 0)
            yield return new($"the shares sum to {1m - RunnerFraction}: without trailing nothing closes the rest");
        if (!Rise(Trailing.Select(step => step.FromR))) yield return new("trailing steps lie above 0 R and rise");
        if (Trailing.Any(step => step.CallbackFraction is <= 0m or >= 0.5m))
            yield return new("a trailing callback is a fraction of price in (0, 0.5), 0.01 is 1 %");
        if (Trailing.Any(step => step.AtrMultiple is <= 0m)) yield return new("an ATR multiple is above 0");
    }

    private static bool Rise(IEnumerable<decimal> steps)
    {
        var last = 0m;
        foreach (var step in steps)
        {
            if (step <= last) return false;
            last = step;
        }

        return true;
    }
}

/// <summary>One target of a profile.</summary>
/// <param name="AtR">Distance from entry in R, the distance of the first stop; above 0.</param>
/// <param name="ShareFraction">Share of the entered quantity, above 0, at most 1.</param>
public sealed record ProfileTarget(decimal AtR, decimal ShareFraction);

/// <summary>One step of trailing.</summary>
/// <param name="FromR">In force once the best price was this far, R, above 0.</param>
/// <param name="CallbackFraction">Distance behind the best price, fraction of the entry price; taken when no ATR is
/// known.</param>
/// <param name="AtrMultiple">Distance behind the best price in ATR; null trails by the callback alone.</param>
public sealed record TrailStep(decimal FromR, decimal CallbackFraction, decimal? AtrMultiple = null);
