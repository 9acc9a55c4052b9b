namespace Quantum.Cli.Looking;

/// <summary>A trace that entries belong to, and where it can be looked at.</summary>
/// <param name="TraceId">W3C trace id, 32 hex digits.</param>
/// <param name="Dashboard">The trace's page while a dashboard runs, else null.</param>
internal sealed record SeenTrace(string TraceId, string? Dashboard)
{
    private const int TraceIdAt = 3;
    private const int TraceIdLength = 32;

    /// <summary>The traces of the entries, in the order of their first.</summary>
    public static IReadOnlyList<SeenTrace> Of(IEnumerable<StreamEntry> entries)
    {
        var dashboard = RunningDashboard();
        return
        [
            .. entries.Select(entry => entry["traceparent"])
                .Where(text => text.Length > TraceIdAt + TraceIdLength)
                .Select(text => text.Substring(TraceIdAt, TraceIdLength))
                .Distinct(StringComparer.Ordinal)
                .Select(id => new SeenTrace(id, dashboard is null ? null : PageOf(dashboard, id))),
        ];
    }

    /// <summary>What <c>./quantum up</c> of this tree wrote for as long as it runs; null when it does not.</summary>
    private static Uri? RunningDashboard()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, ".quantum", "dashboard");
            if (File.Exists(file)) return Uri.TryCreate(File.ReadAllText(file).Trim(), UriKind.Absolute, out var url)
                ? url
                : throw new CliException($"{file} holds no address: start the system again.");
        }

        return null;
    }

    // A dashboard that wants a login gets its token, and goes on to the trace by itself.
    private static string PageOf(Uri dashboard, string traceId)
    {
        var page = "/traces/detail/" + traceId;
        return dashboard.Query.Length > 1
            ? $"{dashboard}&returnUrl={Uri.EscapeDataString(page)}"
            : dashboard.GetLeftPart(UriPartial.Authority) + page;
    }
}
