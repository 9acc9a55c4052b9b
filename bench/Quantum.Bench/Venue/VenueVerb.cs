namespace Quantum.Bench.Venue;

/// <summary>
/// `venue`: how many signed orders the venue takes on one core and how soon it answers; whether its market comes whole
/// and in order through the adapter; and what the adapter adds between socket and Redis.
/// </summary>
internal static class VenueVerb
{
    private static readonly string[] s_parts = ["orders", "capture", "adapter"];

    public static int Run(string[] given)
    {
        var (isJson, parts) = (false, s_parts);
        var fault = GivenOptions.Fault(
            "venue", given, name => isJson |= name == "--json",
            (name, value) => name == "--only" && (parts = [.. s_parts.Where(part => part == value)]).Length > 0);
        return fault is not null ? Program.Usage(fault) : Figure.Print(parts.SelectMany(Figures), isJson);
    }

    private static IEnumerable<Figure> Figures(string part)
    {
        if (part == "capture") return AdapterRun.Capture(SharedRecordings.Folder("capture"));
        if (part == "adapter") return AdapterRun.Steady();
        using var venue = new VenueHost(
            isPinned: true, ("Feed__Kind", "generated"), ("Feed__Symbols", "BTCUSDT"), ("Feed__HistoryCandles", "10"));
        return [.. OrderLoad.Run(venue)];
    }
}
