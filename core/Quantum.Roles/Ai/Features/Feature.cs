namespace Quantum.Roles.Ai.Features;

/// <summary>One scale-free figure that the model looks at.</summary>
/// <param name="Name">Unique, part of the feature hash.</param>
/// <param name="Version">From 1; goes up when the formula changes, and with it the feature hash.</param>
/// <param name="Parity">What mirroring the market does to it.</param>
/// <param name="Formula">Its value over a window that is ready.</param>
internal sealed record Feature(string Name, int Version, FeatureParity Parity, Func<FeatureWindow, double> Formula);
