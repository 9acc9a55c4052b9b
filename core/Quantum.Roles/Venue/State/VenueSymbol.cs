using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue.State;

/// <summary>One symbol's position, orders and leverage.</summary>
internal sealed class VenueSymbol
{
    /// <summary>What all symbols' are saved under.</summary>
    public const string Key = "symbol";

    public required Symbol Symbol { get; init; }

    /// <summary>Signed base quantity.</summary>
    public decimal Quantity { get; set; }

    /// <summary>Volume-weighted entry price, quote currency; 0 when flat.</summary>
    public decimal EntryPrice { get; set; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; set; }

    /// <summary>True with a margin of its own; false, the whole account carries it.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>
    /// The isolated position's own margin without unrealised PnL, USD, part of the cash; 0 when flat.
    /// </summary>
    public decimal IsolatedMarginUsd { get; set; }

    /// <summary>Client ids of the live orders, oldest first: the order in which they meet a price.</summary>
    public List<string> LiveIds { get; init; } = [];

    /// <summary>
    /// Client ids of the last finished orders, oldest first: a repeated command meets its order again.
    /// </summary>
    public List<string> DoneIds { get; init; } = [];

    /// <summary>Numbers orders and trades of this symbol, from 0.</summary>
    public long Sequence { get; set; }

    /// <summary>When the next funding falls due, UTC epoch ms; 0 before the first input.</summary>
    public long NextFundingMs { get; set; }
}
