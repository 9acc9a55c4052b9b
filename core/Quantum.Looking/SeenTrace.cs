namespace Quantum.Looking;

/// <summary>A trace that entries belong to, and where it can be looked at.</summary>
/// <param name="TraceId">W3C trace id, 32 hex digits.</param>
/// <param name="Dashboard">The trace's page while a dashboard runs, else null.</param>
public sealed record SeenTrace(string TraceId, string? Dashboard)
{
    private const int TraceIdAt = 3;
    private const int TraceIdLength = 32;

    /// <summary>The ids of the traces that entries belong to, in the order of their first.</summary>
    public static IReadOnlyList<string> IdsOf(IEnumerable<StreamEntry> entries) =>
    [
        .. entries.Select(entry => entry["traceparent"]).Where(text => text.Length > TraceIdAt + TraceIdLength)
            .Select(text => text.Substring(TraceIdAt, TraceIdLength)).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The traces of entries with their pages at a dashboard, null where none runs.</summary>
    public static IReadOnlyList<SeenTrace> Of(IEnumerable<StreamEntry> entries, Uri? dashboard) =>
        [.. IdsOf(entries).Select(id => new SeenTrace(id, dashboard is null ? null : PageOf(dashboard, id)))];

    /// <summary>
    /// A trace's page at a dashboard. One that wants a login, by an address that brings its token, goes on to the trace
    /// by itself.
    /// </summary>
    public static string PageOf(Uri dashboard, string traceId)
    {
        ArgumentNullException.ThrowIfNull(dashboard);
        var page = "/traces/detail/" + traceId;
        return dashboard.Query.Length > 1
            ? $"{dashboard}&returnUrl={Uri.EscapeDataString(page)}"
            : dashboard.GetLeftPart(UriPartial.Authority) + page;
    }
}
