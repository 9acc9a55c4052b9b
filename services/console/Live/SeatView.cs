namespace Quantum.Console.Live;

/// <summary>One role on one shard and who holds its lease.</summary>
/// <param name="Service">The service that runs it.</param>
/// <param name="Seat">The role, with its shard when there is more than one.</param>
/// <param name="Owner">The process that holds it or held it last; null when nobody ever did.</param>
/// <param name="Build">Version and build of the service, by its own word; null when it told none.</param>
/// <param name="LeftMs">How long the lease still runs, ms; negative since it ended; null without an owner.</param>
public sealed record SeatView(string Service, string Role, string Seat, string? Owner, string? Build, long? LeftMs)
{
    /// <summary>True while the lease runs.</summary>
    public bool IsHeld => LeftMs > 0;
}
