namespace Quantum.Contracts.Events;

/// <summary>What one model thinks of one candle.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Side">The side it favours.</param>
/// <param name="Probability">Its calibrated probability that the side wins, 0 to 1.</param>
/// <param name="Weight">Its share in the decision, 0 to 1.</param>
public sealed record ModelVote(string Model, Side Side, double Probability, double Weight);
