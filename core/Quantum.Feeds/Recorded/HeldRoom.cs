namespace Quantum.Feeds.Recorded;

/// <summary>Room for the rows of a recording in memory: what finds none is read from its file in every run.</summary>
internal sealed class HeldRoom
{
    /// <summary>That of ten million candles, bytes.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>What is left of it, bytes.</summary>
    public long LeftBytes { get; set; } = MostBytes;
}
