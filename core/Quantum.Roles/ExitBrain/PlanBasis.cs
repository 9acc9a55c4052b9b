using Quantum.Roles.Ilf;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.ExitBrain;

/// <summary>What a plan is made from.</summary>
internal readonly record struct PlanBasis
{
    public required PositionSide Side { get; init; }

    /// <summary>Volume-weighted entry price, quote currency, above 0.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>From 1.</summary>
    public required int Leverage { get; init; }

    public required long OpenedAtMs { get; init; }

    /// <summary>Base quantity held, above 0; 0 when it does not matter.</summary>
    public decimal Quantity { get; init; }

    /// <summary>What the venue accepts; null when not known, then no part is too small.</summary>
    public SymbolFilters? Filters { get; init; }

    /// <summary>The resting stop, quote currency; null when there is none yet.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>At entry.</summary>
    public required IlfContext Ilf { get; init; }

    /// <summary>Difference of funding per 8 hours between venues, fraction; null when unknown.</summary>
    public double? FundingSpreadFraction { get; init; }
}
