namespace Quantum.Roles.Ai.Model;

/// <summary>A trained model, or the reason why there is none.</summary>
/// <param name="Model">The model; null on failure.</param>
/// <param name="ReasonCode">Null on success; else one of <c>learning.retraining.failed</c>.</param>
/// <param name="Error">In words, with the values; null on success.</param>
/// <param name="Iterations">Passes over the samples, from 0.</param>
internal sealed record TrainingOutcome(OutcomeModel? Model, string? ReasonCode, string? Error, int Iterations)
{
    internal static TrainingOutcome Failed(string reasonCode, string error, int iterations = 0) =>
        new(null, reasonCode, error, iterations);
}
