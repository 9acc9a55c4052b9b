using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.TradingBot;

/// <summary>What the bot knows of one symbol.</summary>
public sealed class BotSymbolState
{
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

/// <summary>A signal on its way to becoming a trade.</summary>
public sealed record PendingEntry
{
    public required SignalGenerated Signal { get; init; }
    public required string SignalId { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>The sizing request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The intent; null while the size is awaited.</summary>
    public string? IntentId { get; init; }

    /// <summary>When the current step is given up, UTC epoch ms.</summary>
    public required long GiveUpAtMs { get; init; }

    public double? ExchangeDivergence { get; init; }
    public double? FundingRate { get; init; }
    public required Regime Regime { get; init; }
}

/// <summary>What the bot knows of the whole system.</summary>
public sealed class BotSystemState
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
