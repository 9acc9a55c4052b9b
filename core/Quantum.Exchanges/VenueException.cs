namespace Quantum.Exchanges;

/// <summary>
/// A venue cannot be used, or did not answer a question; the words name the thing, the value and the mend.
/// </summary>
public sealed class VenueException : Exception
{
    public VenueException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>The venue's own code, for example -2015; null when it gave none.</summary>
    public int? Code { get; init; }

    /// <summary>True when the venue refused what was asked of one symbol: of the others it says nothing.</summary>
    public bool IsOfItsSymbol { get; init; }
}
