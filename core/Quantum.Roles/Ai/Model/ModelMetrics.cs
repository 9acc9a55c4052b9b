namespace Quantum.Roles.Ai.Model;

/// <summary>How a model did on samples that were held out, and what that proves.</summary>
internal sealed record ModelMetrics
{
    /// <summary>Samples judged, from 1.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean -ln of the probability given to what happened, 0 or more; ln 2 is a coin's.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The same of the better of a coin and the base rate of what was learnt from.</summary>
    public required double BaseLogLoss { get; init; }

    /// <summary>Share of samples whose likelier side won, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean squared distance of probability and outcome (Brier 1950), 0 to 1; 0.25 is a coin's.</summary>
    public required double Brier { get; init; }

    /// <summary>By how many standard errors, over blocks of time, its log loss is below the base rate's.</summary>
    public required double Evidence { get; init; }

    /// <summary>Blocks of time the evidence was counted over, 0 or more.</summary>
    public required int Blocks { get; init; }

    /// <summary>Outcomes that tell something of their own: not overlapping, not moving together; above 0.</summary>
    public required double IndependentOutcomes { get; init; }
}
