namespace Quantum.Contracts.Events;

/// <summary>
/// What the intelligent leverage formula looks at, as it was when an entry was wished: it travels whole from the sizing
/// request to the result and back with the exits. Whoever makes one names every member, so a new member is a compile
/// error wherever it would be left out; on the wire its members are flat fields of the event that carries it.
/// </summary>
[FlatFields]
public readonly record struct IlfContext
{
    /// <summary>Nothing is known: what no intent asked for.</summary>
    public static readonly IlfContext Unknown;

    /// <summary>True average true range as a fraction of price, 0.01 = 1 %; null when unknown.</summary>
    public required double? AtrValue { get; init; }

    /// <summary>24 h range over 24 h low, times ten, clamped to 0.5 to 5; null when unknown.</summary>
    public required double? VolatilityFactor { get; init; }

    /// <summary>(max - min) / mid over the venues, fraction; null when fewer than two venues are fresh.</summary>
    public required double? ExchangeDivergence { get; init; }

    /// <summary>Funding per 8 hours, fraction; null when unknown.</summary>
    public required double? FundingRate { get; init; }

    /// <summary>The symbol's regime; null when it was not told.</summary>
    public required Regime? Regime { get; init; }
}
