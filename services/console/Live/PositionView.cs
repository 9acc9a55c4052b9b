namespace Quantum.Console.Live;

/// <summary>One open position as a trader reads it: what it is worth now, and how far it is from its ends.</summary>
public sealed record PositionView
{
    public required string Symbol { get; init; }

    /// <summary>
    /// Signed base quantity by the executor's book; 0 where only another book or the venue holds something.
    /// </summary>
    public required decimal Quantity { get; init; }

    /// <summary>Mean entry, quote currency; null when not told.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Signed base quantity of whoever holds it where the executor does not; null where it does.</summary>
    public decimal? HeldElsewhere { get; init; }

    /// <summary>The newest price, quote currency; null when none is known.</summary>
    public decimal? Price { get; init; }

    /// <summary>How old that price is, ms from 0; null without one.</summary>
    public long? PriceAgeMs { get; init; }

    /// <summary>Where the stop rests, quote currency; null when none does.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The targets that are still open, the nearest first, quote currency.</summary>
    public IReadOnlyList<decimal> Targets { get; init; } = [];

    /// <summary>1 R, quote currency, above 0; null when there is no plan.</summary>
    public decimal? StopDistance { get; init; }

    /// <summary>From 1; null when not told.</summary>
    public int? Leverage { get; init; }

    /// <summary>Quote currency; null when not told.</summary>
    public decimal? LiquidationPrice { get; init; }

    /// <summary>Since when the venue confirms a stop for the full quantity, UTC epoch ms; null: it does not.</summary>
    public long? ProtectedSinceMs { get; init; }

    /// <summary>Since when it stands without one, UTC epoch ms; null while it has one.</summary>
    public long? UnprotectedSinceMs { get; init; }

    /// <summary>UTC epoch ms of the first fill; null without a plan.</summary>
    public long? OpenedAtMs { get; init; }

    /// <summary>The executor's id of it, which its trade's events name; null when not told.</summary>
    public string? PositionId { get; init; }

    /// <summary>Where books and venue differ, in words of <c>./quantum positions</c>.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public bool IsLong => (HeldElsewhere ?? Quantity) > 0;

    /// <summary>USD at the newest price; null when entry or price is not known.</summary>
    public decimal? UnrealizedUsd => (Price - EntryPrice) * Quantity;

    /// <summary>The same per unit over 1 R; null when not known.</summary>
    public double? UnrealizedR => RatioOf((Price - EntryPrice) * Math.Sign(Quantity), StopDistance);

    /// <summary>
    /// What the stop would lose of the entry's value, USD from 0, 0 once it locks a gain in; null when no stop rests.
    /// </summary>
    public decimal? RiskUsd => (EntryPrice - StopPrice) * Quantity is { } risk ? Math.Max(0, risk) : null;

    /// <summary>The same in R.</summary>
    public double? RiskR => RatioOf(RiskUsd, StopDistance * Math.Abs(Quantity));

    /// <summary>How far the price may go against it until the stop, fraction of price; null when not known.</summary>
    public double? ToStopFraction => RatioOf((Price - StopPrice) * Math.Sign(Quantity), Price);

    /// <summary>How far it is to the nearest target, fraction of price; null without one.</summary>
    public double? ToTargetFraction =>
        Targets.Count == 0 ? null : RatioOf((Targets[0] - Price) * Math.Sign(Quantity), Price);

    /// <summary>From the books, the plan and the newest price.</summary>
    internal static PositionView Of(ComparedPosition books, PlannedExit? plan, MarketPrice? price, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(books);
        return new PositionView
        {
            Symbol = books.Symbol, Quantity = books.Executor, EntryPrice = books.Book?.EntryPrice,
            HeldElsewhere = books.Executor != 0 ? null
                : books.Venue != 0 ? books.Venue : books.Book?.ForeignQuantity is { } foreign and not 0 ? foreign
                : books.Portfolio,
            Price = price?.Price, PriceAgeMs = price is { } known ? Math.Max(0, nowMs - known.AtMs) : null,
            StopPrice = books.Book?.StopPrice, Targets = plan?.Targets ?? [], StopDistance = plan?.StopDistance,
            Leverage = books.Book?.Leverage, LiquidationPrice = books.Book?.LiquidationPrice,
            ProtectedSinceMs = books.Book?.ProtectedSinceMs, UnprotectedSinceMs = books.Book?.UnprotectedSinceMs,
            OpenedAtMs = plan?.OpenedAtMs, PositionId = books.Book?.PositionId, Findings = books.Findings,
        };
    }

    private static double? RatioOf(decimal? part, decimal? whole) =>
        part is { } known && whole is > 0 ? (double)(known / whole.Value) : null;
}
