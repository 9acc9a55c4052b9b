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

    /// <summary>Where each symbol's decisions differ first; of the first 50 symbols that do.</summary>
    public required IReadOnlyList<Divergence> First { get; init; }

    /// <summary>Further symbols whose decisions differ, from 0.</summary>
    public required int MoreSymbols { get; init; }

    /// <summary>Trades that were closed before, from 0.</summary>
    public required int Trades { get; init; }

    /// <summary>What they made, USD, net.</summary>
    public required decimal TradesUsd { get; init; }

    /// <summary>
    /// Those of them of which an intent is another one now, or is made no more: the change puts these in doubt.
    /// </summary>
    public required int DoubtfulTrades { get; init; }

    /// <summary>What those made, USD, net. What they would make now is not known.</summary>
    public required decimal DoubtfulTradesUsd { get; init; }

    /// <summary>Intents of now that were not there before; what they would make is not known.</summary>
    public required long NewIntents { get; init; }
}
