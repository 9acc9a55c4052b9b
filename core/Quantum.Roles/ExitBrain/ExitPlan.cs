namespace Quantum.Roles.ExitBrain;

/// <summary>The plan of one position: where shares are taken, how far R is and how the rest trails.</summary>
internal sealed class ExitPlan
{
    /// <summary>The ladder it was made from.</summary>
    public required string Profile { get; init; }

    /// <summary>1 R: distance of the first stop from entry, quote currency, above 0.</summary>
    public required decimal StopDistance { get; init; }

    /// <summary>Targets, the nearest first; may be empty only with trailing.</summary>
    public required List<PlanTarget> Targets { get; init; }

    /// <summary>Targets of the ladder that it does without, because their parts were below the least order, from 0.
    /// </summary>
    public int TargetsLeftOut { get; init; }

    /// <summary>Trailing steps by rising R.</summary>
    public required List<PlanTrail> Trailing { get; init; }

    /// <summary>Closed when no target was reached by then, UTC epoch ms; null has no such limit.</summary>
    public long? FirstTargetByMs { get; set; }

    /// <summary>Share that no target takes, 0 to 1.</summary>
    public required decimal RunnerFraction { get; init; }

    /// <summary>
    /// Throws when a target lies on the wrong side of entry, out of order, or the shares do not sum to 1.
    /// </summary>
    public ExitPlan Checked(PositionSide side, decimal entryPrice)
    {
        if (StopDistance <= 0m) throw Broken($"stop distance {StopDistance} is not above 0");
        var last = entryPrice;
        foreach (var target in Targets)
        {
            var beyond = side.Sign() * (target.Price - last);
            if (beyond < 0m || target.Price == entryPrice)
                throw Broken($"target {target.Price} of a {side} does not lie beyond {last}");
            last = target.Price;
        }

        var sum = Targets.Sum(target => target.ShareFraction) + RunnerFraction;
        return sum == 1m ? this : throw Broken($"shares and runner sum to {sum}, not to 1");
    }

    private InvalidDataException Broken(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"exit plan {Profile}: {what}."));
}

/// <summary>One trailing step of a plan.</summary>
/// <param name="FromR">In force once the best price was this far, R.</param>
/// <param name="Distance">Behind the best price, quote currency.</param>
internal sealed record PlanTrail(decimal FromR, decimal Distance);
