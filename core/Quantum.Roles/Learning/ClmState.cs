namespace Quantum.Roles.Learning;

/// <summary>What continuous learning remembers besides candles.</summary>
internal sealed class ClmState
{
    /// <summary>The newest jobs it has answered, oldest first: a job delivered twice is done once.</summary>
    public List<string> Answered { get; init; } = [];
}
