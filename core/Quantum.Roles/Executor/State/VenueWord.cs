namespace Quantum.Roles.Executor.State;

/// <summary>When the venue last told of the whole account, and what of it was passed on.</summary>
internal sealed class VenueWord
{
    /// <summary>When its positions and balance were last read, UTC epoch ms; 0 before the first time.</summary>
    public long AtMs { get; set; }

    /// <summary>
    /// When the venue last told of something that moved its cash, UTC epoch ms; 0 before the first time.
    /// </summary>
    public long MovedAtMs { get; set; }

    /// <summary>The cash that a result last told of, USD; null before the first one and once it moved since.</summary>
    public decimal? ToldUsd { get; set; }
}
