namespace Quantum.Console.Live;

/// <summary>Where traces can be looked at.</summary>
[Section("Dashboard")]
public sealed record DashboardSettings
{
    /// <summary>
    /// The address of Aspire's dashboard, which pages link a trace to; a token in it is left out, for it asks for a
    /// login by itself. Empty: pages tell the trace's id alone.
    /// </summary>
    [WebAddress] public string? Url { get; set; }

    /// <summary>A trace's page; null where no dashboard is named.</summary>
    internal string? PageOf(string traceId) => Uri.TryCreate(Url, UriKind.Absolute, out var url)
        ? Looking.SeenTrace.PageOf(new Uri(url.GetLeftPart(UriPartial.Authority)), traceId) : null;
}
