using Quantum.Roles.Positions;

namespace Quantum.Roles.Portfolio;

/// <summary>One symbol's open position.</summary>
internal sealed class HoldingState
{
    /// <summary>What all symbols' are saved under.</summary>
    public const string Key = "holdings";

    public NetPosition Position { get; set; } = NetPosition.Flat;

    /// <summary>From 1.</summary>
    public int Leverage { get; set; } = 1;

    /// <summary>The venue position's id, which is the trade's.</summary>
    public string PositionId { get; set; } = "";

    /// <summary>Net of fees and funding since the position opened, USD.</summary>
    public decimal TradePnlUsd { get; set; }
}
