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

/// <summary>A signal on its way to becoming a trade.</summary>
internal sealed record PendingEntry
{
    public required SignalGenerated Signal { get; init; }
    public required string SignalId { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>The sizing request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The intent; null while the size is awaited.</summary>
    public string? IntentId { get; init; }

    /// <summary>Notional asked for, then wished for, USD: what it takes of the room.</summary>
    public required decimal SizeUsd { get; init; }

    /// <summary>When the current step is given up, UTC epoch ms.</summary>
    public required long GiveUpAtMs { get; init; }

    /// <summary>What the size was asked for and the intent carries on.</summary>
    public required IlfContext Ilf { get; init; }

    /// <summary>True when it is made to learn.</summary>
    public bool Exploration { get; init; }

    /// <summary>What it reserved of the exploration budget, USD, and when, UTC epoch ms.</summary>
    public decimal ReservedUsd { get; init; }

    public long ReservedAtMs { get; init; }
}
