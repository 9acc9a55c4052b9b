namespace Quantum.Roles.Sizing;

/// <summary>
/// Keeps the sizing policy in force: the prior until a training completes, then the newest that is valid.
/// </summary>
public sealed class SizingPolicyRole : Role
{
    private readonly StateCell<SizingPolicy> _policy;

    public SizingPolicyRole()
    {
        _policy = State.Cell("policy", static () => SizingPolicy.Prior);
        On(StreamCatalog.TrainingCompleted, OnTraining);
    }

    public override string Name => RoleNames.SizingPolicy;

    /// <summary>The policy in force. Immutable, so the sizing calls may read it while this role goes on.</summary>
    public SizingPolicy Current => _policy.Value;

    private void OnTraining(in TrainingCompleted training, in Input input, Outbox outbox)
    {
        if (!training.Success || training.Artifact is null)
        {
            outbox.Count("policy_kept", "training_failed");
            return;
        }

        if (!WireJson.TryParse<SizingPolicy>(training.Artifact, out var policy) || policy.Fault() is not null)
        {
            outbox.Count("policy_kept", "invalid_artifact");
            return;
        }

        _policy.Set(policy);
    }
}
