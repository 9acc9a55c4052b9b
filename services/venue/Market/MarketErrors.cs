namespace Quantum.Venue.Market;

/// <summary>Refusals of the public addresses alone, in Binance's codes and words.</summary>
internal static class MarketErrors
{
    public static readonly VenueError StartAfterEnd = new(-1023, "Start time is greater than end time.");

    public static readonly VenueError BadCombination = new(-1128, "Combination of optional parameters invalid.");

    public static readonly VenueError NoHistory = new(-1127,
        "Lookup interval is too big. More than 1 hours between startTime and endTime.");

    /// <summary>Characters that a parameter may not have.</summary>
    public static VenueError IllegalCharacters(string name, string legal) => new(-1100,
        $"Illegal characters found in parameter '{name}'; legal range is '{legal}'.");

    public static VenueError BadDepth(string limit) => new(-4021, $"{limit} is not valid depth limit.");
}
