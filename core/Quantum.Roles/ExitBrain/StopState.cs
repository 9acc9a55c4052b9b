using System.Text.Json.Serialization;

namespace Quantum.Roles.ExitBrain;

/// <summary>The stop of a position: where we want it and where the venue has it.</summary>
internal sealed class StopState
{
    /// <summary>Where it belongs, quote currency; only tightens.</summary>
    public required decimal Price { get; set; }

    /// <summary>What moved it there, as the reason code of a trade it closes.</summary>
    public required string Reason { get; set; }

    /// <summary>Where we know the venue to have it, as we asked for it; null when there is none.</summary>
    public decimal? AppliedPrice { get; set; }

    /// <summary>The reason that belongs to <see cref="AppliedPrice"/>.</summary>
    public required string AppliedReason { get; set; }

    /// <summary>Since when the price is beyond it, UTC epoch ms; null when it is not.</summary>
    public long? BreachedAtMs { get; set; }
}
