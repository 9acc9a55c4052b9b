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

    /// <summary>The whole market's regime.</summary>
    public Regime MarketRegime { get; set; } = Regime.Unknown;
}
