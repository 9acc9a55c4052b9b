namespace Quantum.Contracts.Events;

/// <summary>What one feature adds to a signal's expected result: a linear model's is the sum of them.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Deviations">Its value over its deviation in training, as the model took it, signed.</param>
/// <param name="ResultR">Weight times that for the signal's side, R before costs, signed.</param>
public sealed record FeatureShare(string Feature, double Deviations, double ResultR);
