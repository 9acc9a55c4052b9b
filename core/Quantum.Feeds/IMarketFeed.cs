namespace Quantum.Feeds;

/// <summary>
/// Where market events come from: recorded files or the generator. The same feed tells the same every time.
/// </summary>
public interface IMarketFeed
{
    /// <summary>What it is, for logs, and the same for the same events: a position in it fits no other feed.</summary>
    string Identity { get; }

    /// <summary>In the order in which they appear inside a step.</summary>
    IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>Start of the tape, UTC epoch ms; null when it is not known before.</summary>
    long? FirstMs { get; }

    /// <summary>End of the tape, UTC epoch ms; null when it has none.</summary>
    long? LastMs { get; }

    /// <summary>Before this instant, UTC epoch ms, only closed candles are told, as warm-up without any pace.</summary>
    long LiveFromMs { get; }

    /// <summary>Pushes every event until the end of the tape or until cancelled.</summary>
    /// <param name="sink">Told every event behind <paramref name="afterMs"/>.</param>
    /// <param name="cancel">Ends the run between two steps.</param>
    /// <param name="afterMs">Steps up to here, UTC epoch ms, are gone through without telling them.</param>
    void Run(IMarketSink sink, CancellationToken cancel, long afterMs = 0);
}
