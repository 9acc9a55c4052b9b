namespace Quantum.Venue.Wire;

/// <summary>Hears streams: a socket. Called on the loop's thread.</summary>
public interface IStreamListener
{
    /// <summary>Whether it is told each event within the combined stream's envelope.</summary>
    bool IsCombined { get; }

    /// <param name="frame">An event of a stream that it subscribed to, in its form; shared with others.</param>
    void Tell(ReadOnlyMemory<byte> frame);

    /// <summary>Breaks the connection off.</summary>
    void Cut();
}
