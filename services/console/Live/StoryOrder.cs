namespace Quantum.Console.Live;

/// <summary>One order of a trade from its command to its last word.</summary>
/// <param name="Command">The command that placed it, the first one.</param>
/// <param name="Updates">What the venue told of it, oldest first.</param>
public sealed record StoryOrder(StreamEntry Command, IReadOnlyList<StreamEntry> Updates)
{
    /// <summary>Words of the venue that are fills, oldest first.</summary>
    public IEnumerable<StreamEntry> Fills => Updates.Where(update =>
        decimal.TryParse(update["last_fill_quantity"], CultureInfo.InvariantCulture, out var filled) && filled > 0);

    /// <summary>Its newest status by the venue; empty before the first word.</summary>
    public string Status => Updates.Count == 0 ? "" : Updates[^1]["status"];

    /// <summary>From the command to the venue's first word, ms from 0; null before it.</summary>
    public long? AnsweredMs => Updates.Count == 0 ? null : Math.Max(0, Updates[0].IdMs - Command.IdMs);

    /// <summary>Every order of a chain, in the order of their commands.</summary>
    internal static IReadOnlyList<StoryOrder> Of(IReadOnlyList<TradeStep> steps)
    {
        var updates = steps.Where(step => step.Stream == StreamCatalog.OrderUpdate.Name)
            .ToLookup(step => step.Entry["client_order_id"], step => step.Entry, StringComparer.Ordinal);
        return
        [
            .. steps.Where(step => step.Stream == StreamCatalog.OrderCommand.Name
                    && step.Entry["action"] == WireNames.Of(OrderAction.Place))
                .Select(step => step.Entry).DistinctBy(command => command["client_order_id"])
                .Select(command => new StoryOrder(command, [.. updates[command["client_order_id"]]])),
        ];
    }
}
