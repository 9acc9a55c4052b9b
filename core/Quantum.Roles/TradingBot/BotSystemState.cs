using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

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
