namespace Quantum.Bench.Venue;

/// <summary>
/// `venue`: how many signed orders the venue takes on one core and how soon it answers; whether its market comes whole
/// and in order through the adapter; and what the adapter adds between socket and Redis.
/// </summary>
internal static class VenueVerb
{
    public const string Usage = "[--only orders|capture|adapter] [--json]";

    private static readonly string[] s_parts = ["orders", "capture", "adapter"];

    public static int Run(string[] given)
    {
        var isJson = given.Contains("--json");
        var at = Array.IndexOf(given, "--only");
        var only = at < 0 ? null : at + 1 < given.Length ? given[at + 1] : "";
        if (given.Length != (isJson ? 1 : 0) + (at < 0 ? 0 : 2) || (only is not null && !s_parts.Contains(only)))
            return Program.Usage($"'{string.Join(' ', given)}' are no options of venue");
        string[] parts = only is null ? s_parts : [only];
        return Figure.Print(parts.SelectMany(Figures), isJson);
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
