namespace Quantum.ServiceDefaults.Health;

/// <summary>How one consumer gets on at one moment.</summary>
/// <param name="Role">The role that reads.</param>
/// <param name="Stream">The stream that it reads.</param>
/// <param name="Lease">Who may work on it.</param>
/// <param name="CommittedInputs">Inputs committed since the start, 0 or more.</param>
/// <param name="UnreadInputs">Inputs that wait to be committed, 0 or more.</param>
/// <param name="LastCommitAgeMs">Milliseconds since the last commit, or null when there was none.</param>
/// <param name="WaitingMs">Milliseconds that work has waited without a commit; 0 when nothing waits.</param>
/// <param name="ObjectiveMs">Milliseconds that work may wait.</param>
/// <param name="Problem">What is wrong, or null.</param>
public sealed record ConsumerReport(
    string Role,
    string Stream,
    LeaseState Lease,
    long CommittedInputs,
    long UnreadInputs,
    long? LastCommitAgeMs,
    long WaitingMs,
    long ObjectiveMs,
    string? Problem)
{
    public bool IsHealthy => Problem is null;
}
