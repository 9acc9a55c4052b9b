namespace Quantum.Roles.Executor.State;

/// <summary>An intent in execution together with its order; one entry, one exit and one stop move at most per symbol.</summary>
public sealed class Flight
{
    public required IntentRecord Record { get; init; }

    public required string ClientOrderId { get; init; }

    public required string PositionId { get; init; }

    /// <summary>Reference price at approval, quote currency; for reserving exposure only, never a fill.</summary>
    public decimal ReferencePrice { get; init; }

    /// <summary>Leverage of an entry, from 1.</summary>
    public int? Leverage { get; init; }

    /// <summary>Distance of an entry's stop as a fraction of its fill price; null when <see cref="StopPrice"/> is fixed.</summary>
    public double? StopFraction { get; init; }

    /// <summary>The stop's fixed price, quote currency; null when it follows from the fill.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>Why we cancelled the rest, as a reason code; null when we did not.</summary>
    public string? CancelCode { get; set; }
}

/// <summary>The resting stop of a position and what is being done about it.</summary>
public sealed class StopGuard
{
    /// <summary>The stop the venue has confirmed; null when there is none.</summary>
    public string? RestingId { get; set; }

    /// <summary>The stop that is to replace it, not yet confirmed.</summary>
    public string? PendingId { get; set; }

    /// <summary>The market order that closes a position which could not be protected.</summary>
    public string? CloseId { get; set; }

    /// <summary>Numbers the legs, so that each order has its own id; from 0.</summary>
    public int Leg { get; set; }

    /// <summary>Stops refused or lost while this position is open, from 0.</summary>
    public int Failures { get; set; }

    /// <summary>No new protective order before this moment, UTC epoch ms.</summary>
    public long NotBeforeMs { get; set; }
}

/// <summary>A position that the venue tells and our fills do not, waiting a moment for late fills to explain it.</summary>
/// <param name="Quantity">The venue's signed base quantity.</param>
/// <param name="EntryPrice">The venue's mean entry price; null when flat or not told.</param>
/// <param name="SinceMs">When it was told, UTC epoch ms.</param>
public sealed record VenueDifference(decimal Quantity, decimal? EntryPrice, long SinceMs);
