using Quantum.Roles.Executor;

namespace Quantum.Simulation.Venue;

/// <summary>An order that was sent.</summary>
/// <param name="Command">Where its command stands: one command is one try.</param>
/// <param name="Stage">What is known.</param>
/// <param name="SentMs">When, UTC epoch ms.</param>
internal sealed record SentOrder(OrderCommand Order, EntryId Command, SendState Stage, long SentMs)
{
    /// <summary>True while nobody knows whether the exchange has it.</summary>
    public bool IsOpen => Stage is SendState.Sending or SendState.Unknown;
}
