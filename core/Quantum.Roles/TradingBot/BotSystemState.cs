namespace Quantum.Roles.TradingBot;

/// <summary>What the bot knows of the whole system.</summary>
internal sealed class BotSystemState
{
    /// <summary>The newest time consumed, UTC epoch ms.</summary>
    public long NowMs { get; set; }

    public PolicyUpdated? Policy { get; set; }
    public PortfolioSnapshot? Portfolio { get; set; }

    /// <summary>UTC epoch ms of the last snapshot; 0 before the first.</summary>
    public long PortfolioAtMs { get; set; }

    /// <summary>Filled since the last snapshot, USD: it is not in it yet.</summary>
    public decimal UnbookedUsd { get; set; }

    /// <summary>Ranked, the best first: each is asked for when the one before it has its size.</summary>
    public List<Candidate> Ranked { get; init; } = [];

    /// <summary>The symbol whose size is awaited; null when none is.</summary>
    public string? Asking { get; set; }

    public ExplorationBudget Exploration { get; init; } = new();

    /// <summary>The whole market's regime.</summary>
    public Regime MarketRegime { get; set; } = Regime.Unknown;
}

/// <summary>A signal that passed its gates and waits for its turn to be sized.</summary>
/// <param name="SignalId">Its event.</param>
/// <param name="CorrelationId">Of its chain.</param>
/// <param name="Exploration">True when it is only worth learning from.</param>
internal sealed record Candidate(
    SignalGenerated Signal, string SignalId, string CorrelationId, bool Exploration)
{
    /// <summary>
    /// The order in which room is given: what is worth its cost before what is explored, then by expected result per
    /// unit of risk, which is what R is; equal ones by name.
    /// </summary>
    public static int Compare(Candidate left, Candidate right)
    {
        var byKind = left.Exploration.CompareTo(right.Exploration);
        if (byKind != 0) return byKind;
        var byResult = Nullable.Compare(right.Signal.ExpectedR, left.Signal.ExpectedR);
        return byResult != 0
            ? byResult : string.CompareOrdinal(left.Signal.Symbol.Name, right.Signal.Symbol.Name);
    }
}
