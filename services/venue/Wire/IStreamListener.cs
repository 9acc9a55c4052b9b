namespace Quantum.Venue.Wire;

/// <summary>Hears streams: a socket. Called on the loop's thread.</summary>
public interface IStreamListener
{
    /// <param name="stream">What it subscribed to.</param>
    /// <param name="json">The event, as JSON without an envelope; shared with others.</param>
    void Tell(string stream, ReadOnlyMemory<byte> json);

    /// <summary>Breaks the connection off.</summary>
    void Cut();
}
