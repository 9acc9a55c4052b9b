namespace Quantum.Simulation.Venue;

/// <summary>Takes what the exchange says.</summary>
internal sealed class UpdateBox : Outbox
{
    private readonly List<OrderUpdate> _told = [];

    /// <summary>What was said since the last time.</summary>
    public OrderUpdate[] Empty()
    {
        OrderUpdate[] told = [.. _told];
        _told.Clear();
        return told;
    }

    public override PublishedEvent Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string? correlationId = null)
    {
        _told.Add((OrderUpdate)(object)payload);
        return new PublishedEvent(this, _told.Count);
    }

    public override void Count(string counter, string reason, string? subject = null, string? figures = null)
    {
    }

    protected override string IdOf(int number) => throw new NotSupportedException("an exchange's words have no ids.");
}
