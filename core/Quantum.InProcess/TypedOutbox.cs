using System.Runtime.InteropServices;
using Quantum.EventLog;

namespace Quantum.InProcess;

/// <summary>Puts what a role publishes into the next round as it is.</summary>
internal sealed class TypedOutbox(TypedLanes lanes, string role) : Outbox
{
    private readonly Dictionary<(string, string, string?), ReasonCount> _reasons = [];
    private long _atMs;
    private int _input;
    private int _published;

    /// <summary>Why something was not done, in the order in which it first was not.</summary>
    public IReadOnlyList<ReasonCount> Reasons => [.. _reasons.Values];

    /// <summary>Says what is handled next: an input of the chain.</summary>
    public void From(int input, long atMs) => (_input, _atMs, _published) = (input, atMs, 0);

    public override PublishedEvent Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string? correlationId = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lanes.For(stream, role).Publish(in payload, _atMs, _input, role, ++_published, correlationId);
        return new PublishedEvent(this, _published);
    }

    public override void Count(string counter, string reason, string? subject = null, string? figures = null)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_reasons, (counter, reason, subject), out _);
        known = new ReasonCount(counter, reason, subject, _atMs, known.Times + 1, figures);
    }

    protected override string IdOf(int number) => lanes.Chain.IdOf(_input, role, number);
}
