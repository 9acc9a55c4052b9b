namespace Quantum.Console.Live;

/// <summary>The system's state as JSON, for programs: what the overview shows.</summary>
internal static class StatusFeed
{
    public static void Map(WebApplication app) =>
        app.MapGet("/api/status", async (SystemReader reader, CancellationToken cancel) =>
        {
            var view = await reader.FreshAsync(cancel);
            return view.Fault is { } fault
                ? Results.Json(new { error = fault }, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Json(Of(view));
        });

    private static object Of(SystemView view) => new
    {
        mode = view.Mode, tape = view.IsTape, nowMs = view.NowMs, systemNowMs = view.SystemNowMs,
        alive = view.IsAlive, blocks = view.Blocks,
        killSwitch = view.Policy?.KillSwitch, executorRefusesEntries = view.Executor?.KillSwitch,
        account = view.Account?.Fields.ToDictionary(field => field.Key, field => field.Value),
        positions = view.Positions,
        openRiskUsd = view.OpenRiskUsd, openRiskR = view.OpenRiskR,
        seats = view.Seats,
        trades = view.Trades.Select(trade => trade.Fields.ToDictionary(field => field.Key, field => field.Value)),
        alerts = view.Alerts.Select(alert => new
        {
            alert.Code, severity = alert.Severity.ToString(), alert.Stream, alert.Group, alert.Count, alert.Text,
            alert.Mend,
        }),
        streams = view.Audit?.Streams.Select(stream => new
        {
            stream.Name, stream.Length, stream.RatePerS, stream.LastAgeMs, stream.DeadLetters,
            groups = stream.Groups.Select(group => new
            {
                group.Name, group.Role, group.Unread, group.DestroyedUnread, group.Pending,
                verdict = group.Verdict.ToString(),
            }),
        }),
    };
}
