using System.ComponentModel.DataAnnotations;
using Quantum.Contracts.Settings;

namespace Quantum.Executor;

/// <summary>
/// How soon a second executor takes the seats of one that is frozen
/// (docs/decisions/0034-the-executors-lease-is-five-seconds.md).
/// </summary>
[Section("Standby")]
public sealed record StandbySettings
{
    /// <summary>
    /// How long the executor's seats stay taken after its last sign of life, s. A second one has taken them two seconds
    /// later at most, and has what is left until `Executor:MaxUnprotectedMs` for the stop of a position. Below five it
    /// gains nothing: so long a process that has stopped telling that it is alive counts as alive.
    /// </summary>
    [Range(5, 60)] public int LeaseSeconds { get; set; } = 5;
}
