namespace Quantum.Contracts.Flow;

/// <summary>
/// Where a role puts what it decides. Everything in it is committed together with the role's state and the
/// acknowledgement of the input, or not at all.
/// </summary>
public abstract class Outbox
{
    /// <summary>
    /// Publishes an event. Its id is <c>&lt;input id&gt;.&lt;role&gt;.&lt;n&gt;</c>; it carries on the input's
    /// correlation unless told of another one. Returns the new event's id.
    /// </summary>
    public abstract PublishedEvent Publish<TEvent>(
        EventStream<TEvent> stream, in TEvent payload, string? correlationId = null) where TEvent : struct;

    /// <summary>Counts why something was not done: shown per role, symbol and reason as "why no trade".</summary>
    /// <param name="counter">What was not done.</param>
    /// <param name="reason">The reason's code.</param>
    /// <param name="subject">Mostly the symbol; null when there is none.</param>
    /// <param name="figures">What was found and what was asked for; null where the code says all.</param>
    public abstract void Count(string counter, string reason, string? subject = null, string? figures = null);

    /// <summary>Told before each input is handled: ids and correlation of what follows come from it.</summary>
    protected internal virtual void Begin(in Input input)
    {
    }

    /// <summary>The id of the n-th event published for the current input.</summary>
    protected internal abstract string IdOf(int number);
}
