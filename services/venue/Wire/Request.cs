namespace Quantum.Venue.Wire;

/// <summary>A request as it was read, before the loop sees it.</summary>
internal sealed class Request
{
    public required Route Route { get; init; }

    public required Parameters Parameters { get; init; }

    /// <summary>The API key, or null.</summary>
    public string? Key { get; init; }

    /// <summary>The raw text that was signed: query and body without the signature.</summary>
    public required string SignedText { get; init; }

    /// <summary>The signature as it was sent, or null.</summary>
    public string? Signature { get; init; }

    /// <summary>Where it came from.</summary>
    public required string Address { get; init; }
}
