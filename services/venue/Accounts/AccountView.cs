namespace Quantum.Venue.Accounts;

/// <summary>What an account owns and owes at the present marks, USD.</summary>
internal sealed record AccountView(
    decimal WalletUsd, decimal AvailableUsd, decimal PositionMarginUsd, decimal OrderMarginUsd,
    decimal MaintenanceUsd, IReadOnlyList<PositionView> Positions)
{
    public decimal UnrealizedUsd => Positions.Sum(position => position.UnrealizedUsd);

    public decimal EquityUsd => WalletUsd + UnrealizedUsd;

    public decimal IsolatedUsd => Positions.Sum(position => position.IsolatedUsd);

    /// <summary>What of the wallet no isolated position holds.</summary>
    public decimal CrossWalletUsd => WalletUsd - IsolatedUsd;

    public decimal CrossMaintenanceUsd =>
        Positions.Where(position => !position.IsIsolated).Sum(position => position.MaintenanceUsd);

    public decimal CrossUnrealizedUsd =>
        Positions.Where(position => !position.IsIsolated).Sum(position => position.UnrealizedUsd);
}

/// <summary>One symbol's position at the present mark; also a flat one.</summary>
internal sealed record PositionView
{
    public required Symbol Symbol { get; init; }

    /// <summary>Signed base quantity.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>0 when flat.</summary>
    public required decimal EntryPrice { get; init; }

    public required decimal BreakEvenPrice { get; init; }

    /// <summary>0 when no price is known.</summary>
    public required decimal MarkPrice { get; init; }

    public required int Leverage { get; init; }

    public required bool IsIsolated { get; init; }

    /// <summary>What the position holds of its own, USD; 0 for a cross one.</summary>
    public required decimal IsolatedUsd { get; init; }

    public required decimal MarginUsd { get; init; }

    /// <summary>What the symbol's open orders bind, USD.</summary>
    public required decimal OrderMarginUsd { get; init; }

    public required decimal MaintenanceUsd { get; init; }

    /// <summary>0 when no price would.</summary>
    public required decimal LiquidationPrice { get; init; }

    public required decimal RealizedUsd { get; init; }

    public required long UpdatedMs { get; init; }

    public required decimal UnrealizedUsd { get; init; }

    public decimal NotionalUsd => Quantity * MarkPrice;
}
