namespace Quantum.Roles.Ai.Model;

/// <summary>How a model did on samples that it was neither trained nor calibrated on.</summary>
internal sealed record ModelMetrics
{
    /// <summary>Samples judged, from 1.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean -ln of the probability given to what happened, 0 or more; ln 2 is a coin's.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Share of samples whose likelier side won, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean squared distance of probability and outcome (Brier 1950), 0 to 1; 0.25 is a coin's.</summary>
    public required double Brier { get; init; }

    /// <summary>Share of samples in which the price rose, 0 to 1.</summary>
    public required double UpShare { get; init; }
}
