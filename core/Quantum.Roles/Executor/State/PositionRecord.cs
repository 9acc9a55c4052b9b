using System.Text.Json.Serialization;
using Quantum.Roles.Positions;

namespace Quantum.Roles.Executor.State;

/// <summary>An open position as its fills made it.</summary>
internal sealed class PositionRecord
{
    /// <summary>Hash of the entry intent's id: see <c>OrderIds.Position</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The intent that opened it; the position's own id when the venue told of it and no intent did.</summary>
    public required string IntentId { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>What is held and what it cost; never flat.</summary>
    public required NetPosition Net { get; set; }

    /// <summary>In force, from 1.</summary>
    public int Leverage { get; set; } = 1;

    /// <summary>
    /// Where the resting stop belongs, quote currency; set with the first fill, then only tightened; null until then.
    /// </summary>
    public decimal? StopPrice { get; set; }

    /// <summary>The venue's liquidation price; null when not told.</summary>
    public decimal? LiquidationPrice { get; set; }

    /// <summary>Signed base quantity, never 0.</summary>
    [JsonIgnore]
    public decimal Quantity => Net.Quantity;

    /// <summary>False for a position of the venue's that came without what it cost.</summary>
    [JsonIgnore]
    public bool IsEntryKnown => Net.CostUsd != 0;

    /// <summary>Volume-weighted entry price, quote currency; 0 while it is not known.</summary>
    [JsonIgnore]
    public decimal EntryPrice => Net.EntryPrice;

    [JsonIgnore]
    public PositionSide Side => Net.Side;

    [JsonIgnore]
    public decimal Size => Math.Abs(Quantity);
}
