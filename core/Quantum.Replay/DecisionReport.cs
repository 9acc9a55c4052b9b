namespace Quantum.Replay;

/// <summary>What two runs of the same inputs decided alike and what not.</summary>
public sealed record DecisionReport
{
    /// <summary>Decisions that are the same in every field, from 0.</summary>
    public required long Same { get; init; }

    /// <summary>Decisions that differ or are in one run alone, from 0.</summary>
    public required long Different { get; init; }

    /// <summary>Of a thousand decisions; 0 where there is none.</summary>
    public double DifferPer1000 => Same + Different == 0 ? 0 : 1000.0 * Different / (Same + Different);

    /// <summary>By role and stream.</summary>
    public required IReadOnlyList<DecisionCount> Kinds { get; init; }

    /// <summary>Where each symbol's decisions differ first.</summary>
    public required IReadOnlyList<Divergence> First { get; init; }

    /// <summary>Of the trades closed before, USD, net.</summary>
    public required decimal PnlBeforeUsd { get; init; }

    /// <summary>Of the trades closed now, USD, net.</summary>
    public required decimal PnlNowUsd { get; init; }
}
