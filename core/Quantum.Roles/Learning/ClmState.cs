using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Learning;

/// <summary>What continuous learning remembers besides candles.</summary>
internal sealed class ClmState
{
    /// <summary>The model it published last: what the next one has to beat.</summary>
    public DirectionModel? InForce { get; set; }

    /// <summary>The newest jobs it has answered, oldest first: a job delivered twice is done once.</summary>
    public List<string> Answered { get; init; } = [];
}
