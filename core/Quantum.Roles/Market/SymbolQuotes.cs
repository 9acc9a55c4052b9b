namespace Quantum.Roles.Market;

/// <summary>The last quotes of one symbol, one per venue, in venue order.</summary>
internal sealed class SymbolQuotes
{
    public SortedList<string, VenueQuote> ByVenue { get; init; } = new(StringComparer.Ordinal);
}
