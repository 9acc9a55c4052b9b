namespace Quantum.Roles.ExitBrain;

/// <summary>
/// How a position is taken apart: targets with the share taken at each, and how the stop trails what is left. What the
/// targets leave over is the runner, which only the trailing stop or the time stop closes.
/// </summary>
public sealed record ExitProfile
{
    public required string Name { get; init; }

    /// <summary>
    /// Targets in R with their shares; empty takes the adaptive targets with the harvest split of the leverage.
    /// </summary>
    public required IReadOnlyList<ProfileTarget> Targets { get; init; }

    /// <summary>Trailing steps by rising R; empty does not trail.</summary>
    public IReadOnlyList<TrailStep> Trailing { get; init; } = [];

    /// <summary>
    /// Closes the position when no target was reached within this time, ms, above 0; null waits for the time stop.
    /// </summary>
    public long? FirstTargetWithinMs { get; init; }

    public bool IsAdaptive => Targets.Count == 0;

    /// <summary>What no target takes, 0 to 1.</summary>
    public decimal RunnerFraction => IsAdaptive ? 0m : 1m - Targets.Sum(target => target.ShareFraction);

    /// <summary>Throws an <see cref="ArgumentException"/> that names profile, value and mend.</summary>
    public ExitProfile Checked()
    {
        if (string.IsNullOrEmpty(Name)) throw new ArgumentException("exit profile: the name is empty.");
        var lastR = 0m;
        foreach (var target in Targets)
        {
            if (target.AtR <= lastR) throw Impossible($"target {target.AtR} R: targets lie above 0 R and rise");
            if (target.ShareFraction is <= 0m or > 1m)
                throw Impossible($"share {target.ShareFraction}: a share is in (0, 1]");
            lastR = target.AtR;
        }

        if (RunnerFraction < 0m)
            throw Impossible(
                $"shares sum to {1m - RunnerFraction}: shares and runner sum to 1, so the shares to 1 at most");
        if (RunnerFraction > 0m && Trailing.Count == 0)
            throw Impossible(
                $"shares sum to {1m - RunnerFraction}: without trailing nothing closes the rest, so they sum to 1");
        CheckTrailing();
        if (FirstTargetWithinMs is <= 0)
            throw Impossible($"FirstTargetWithinMs {FirstTargetWithinMs}: give more than 0 ms");
        return this;
    }

    private void CheckTrailing()
    {
        var lastR = 0m;
        foreach (var step in Trailing)
        {
            if (step.FromR <= lastR) throw Impossible($"trailing from {step.FromR} R: steps lie above 0 R and rise");
            if (step.CallbackFraction is <= 0m or >= 0.5m)
                throw Impossible(
                    $"trailing callback {step.CallbackFraction}: a fraction of price in (0, 0.5), 0.01 is 1 %");
            if (step.AtrMultiple is <= 0m)
                throw Impossible($"trailing ATR multiple {step.AtrMultiple}: give more than 0");
            lastR = step.FromR;
        }
    }

    private ArgumentException Impossible(string what) => new($"exit profile {Name}: {what}.");
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
