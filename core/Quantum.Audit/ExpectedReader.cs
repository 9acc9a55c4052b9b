using Quantum.EventLog;

namespace Quantum.Audit;

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
        var readers = new List<ExpectedReader>();
        foreach (var stream in StreamCatalog.All)
        {
            foreach (var consumer in stream.Consumers)
                Add(readers, keys, stream, consumer.Role, modes.All(consumer.IsActiveIn));
        }

        return readers;
    }

    /// <summary>One role on one stream: a reader for each key and group, with all seats that share it.</summary>
    private static void Add(
        List<ExpectedReader> readers, LogKeys keys, EventStream stream, string role, bool isRequired)
    {
        var first = readers.Count;
        foreach (var seat in keys.SeatsOf(role))
        {
            foreach (var link in keys.LinksOf(seat, stream))
            {
                var at = readers.FindIndex(
                    first, reader => reader.StreamKey == link.StreamKey && reader.Group == link.Group);
                if (at < 0)
                    readers.Add(new ExpectedReader(stream, link.StreamKey, link.Group, role, [seat], isRequired));
                else
                    readers[at] = readers[at] with { Seats = [.. readers[at].Seats, seat] };
            }
        }
    }

    public bool IsHeld(SystemFacts system) => Seats.Any(system.HeldSeats.Contains);
}
