using Quantum.Roles.Executor;

namespace Quantum.Executor.Venue;

/// <summary>One order of the journal.</summary>
/// <param name="Question">How the venue is asked for it.</param>
/// <param name="State">What is known.</param>
/// <param name="SentMs">When it was sent, UTC epoch ms.</param>
internal sealed record SendRecord(OrderCommand Question, SendState State, long SentMs)
{
    /// <summary>True while nobody knows whether the venue has it.</summary>
    public bool IsOpen => State is SendState.Sending or SendState.Unknown;
}

/// <summary>The journal's answer to who wants to send.</summary>
/// <param name="Verdict">What may be done.</param>
/// <param name="AskedMs">When it was asked for, by our own clock, UTC epoch ms.</param>
/// <param name="Detail">When it was given, the open order's id, the limit, who holds the seat, or why not.</param>
internal readonly record struct SendRight(SendVerdict Verdict, long AskedMs, string Detail)
{
    /// <summary>True when it is recorded as sending.</summary>
    public bool IsGiven => Verdict is SendVerdict.Send or SendVerdict.SendPastLimit;

    /// <summary>When it was given, by Redis' clock, UTC epoch ms; only of one that is.</summary>
    public long GrantedMs => long.Parse(Detail, CultureInfo.InvariantCulture);
}
