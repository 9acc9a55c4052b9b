using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.TradingBot;

/// <summary>What the bot knows of one symbol.</summary>
internal sealed class BotSymbolState
{
    /// <summary>What all symbols' are saved under.</summary>
    public const string Key = "symbols";

    /// <summary>(max - min) / mid over the venues, fraction; null when unknown.</summary>
    public double? ExchangeDivergence { get; set; }

    /// <summary>Mean funding of the venues per 8 hours, fraction; null when unknown.</summary>
    public double? FundingRate { get; set; }

    /// <summary>UTC epoch ms of the last normalised quote; 0 before the first.</summary>
    public long QuotedAtMs { get; set; }

    public Regime? Regime { get; set; }

    /// <summary>Signed base quantity held, from execution results.</summary>
    public decimal PositionQuantity { get; set; }

    /// <summary>No entry before this moment, UTC epoch ms.</summary>
    public long CooldownUntilMs { get; set; }

    /// <summary>The one wish under way, or null.</summary>
    public PendingEntry? Pending { get; set; }
}
