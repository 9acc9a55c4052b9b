using Quantum.Roles.Sizing;

namespace Quantum.Roles.Learning;

/// <summary>What the policy chose for one signal.</summary>
/// <param name="StateKey">The state it was sized in.</param>
/// <param name="SizeFraction">The share chosen, 0 to 1.</param>
internal sealed record ChosenSize(string SignalId, string StateKey, double SizeFraction);

/// <summary>The newest sizes of one symbol, oldest first.</summary>
internal sealed record ChosenSizes
{
    public List<ChosenSize> Newest { get; init; } = [];
}

/// <summary>Finished trades and the policy learnt from them.</summary>
internal sealed class RlOptimizerState
{
    /// <summary>The newest finished trades, oldest first.</summary>
    public List<SizingEpisode> Episodes { get; init; } = [];

    /// <summary>Finished trades since the last training, from 0.</summary>
    public int SinceTraining { get; set; }

    /// <summary>Trainings so far, from 0.</summary>
    public int Runs { get; set; }

    /// <summary>The policy in force.</summary>
    public SizingPolicy Policy { get; set; } = SizingPolicy.Prior;
}
