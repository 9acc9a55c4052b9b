using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Audit;

/// <summary>A group that the catalog says is there, and the seats of which one at least must read.</summary>
internal sealed record ExpectedReader(
    EventStream Stream, string StreamKey, string Group, string Role, IReadOnlyList<RoleSeat> Seats, bool IsRequired)
{
    /// <summary>Every reader of the catalog under a topology.</summary>
    /// <param name="keys">The topology.</param>
    /// <param name="mode">The mode; without one only what reads in every mode is required.</param>
    public static IReadOnlyList<ExpectedReader> All(LogKeys keys, string? mode)
    {
        TradingMode[] modes = [.. Enum.GetValues<TradingMode>().Where(m => mode is null || WireNames.Of(m) == mode)];
        return
        [
            .. from stream in StreamCatalog.All
               from consumer in stream.Consumers
               from seat in keys.SeatsOf(consumer.Role)
               from link in keys.LinksOf(seat, stream)
               group seat by (stream, link.StreamKey, link.Group, consumer) into reader
               select new ExpectedReader(
                   reader.Key.stream, reader.Key.StreamKey, reader.Key.Group, reader.Key.consumer.Role, [.. reader],
                   modes.All(reader.Key.consumer.IsActiveIn)),
        ];
    }

    public bool IsHeld(SystemFacts system) => Stream.Mode == DeliveryMode.Competing
        ? system.RunsSomewhere(Role)
        : Seats.Any(system.HeldSeats.Contains);
}
