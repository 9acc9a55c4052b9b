using System.Text.Json.Serialization;

namespace Quantum.Roles.Executor.State;

/// <summary>The resting stop of a position and what is being done about it.</summary>
internal sealed class StopGuard
{
    /// <summary>The stop the venue has confirmed; null when there is none.</summary>
    public string? RestingId { get; set; }

    /// <summary>The stop that is to replace it, not yet confirmed.</summary>
    public string? PendingId { get; set; }

    /// <summary>True when a stop rests or is on its way, or the position is being closed.</summary>
    [JsonIgnore]
    public bool IsAtWork => RestingId is not null || PendingId is not null || CloseId is not null;

    /// <summary>The market order that closes a position which could not be protected.</summary>
    public string? CloseId { get; set; }

    /// <summary>
    /// Since when the venue confirms a stop for all of the position, UTC epoch ms; null while it does not, or flat.
    /// </summary>
    public long? ProtectedSinceMs { get; set; }

    /// <summary>
    /// Since when a position stands without such a stop, UTC epoch ms; null while it has one, or flat.
    /// </summary>
    public long? UnprotectedSinceMs { get; set; }

    /// <summary>Numbers the legs, so that each order has its own id; from 0.</summary>
    public int Leg { get; set; }

    /// <summary>Stops refused or lost while this position is open, from 0.</summary>
    public int Failures { get; set; }

    /// <summary>Emergency closes that the venue refused one after the other, from 0.</summary>
    public int RefusedCloses { get; set; }

    /// <summary>No new protective order before this moment, UTC epoch ms.</summary>
    public long NotBeforeMs { get; set; }
}
