using System.Security.Cryptography;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Hosting;
using StackExchange.Redis;

namespace Quantum.Governance;

/// <summary>
/// The operator's way in over HTTP: kill switch, flatten, mode, reset, single positions, the market's feed, and the
/// policy in force. Each request becomes one event on <c>governance.control</c>; the answer is its id, and what follows
/// names who asked and why. It answers no page of another origin, nor, where a key is set, who has not that key.
/// </summary>
public sealed class ControlSurface(IEventLog log, QuantumOptions options, IConnectionMultiplexer redis,
    TimeProvider time)
{
    private static readonly (string Path, ControlAction Action)[] s_words =
    [
        ("/kill", ControlAction.KillOn), ("/release", ControlAction.KillOff), ("/flatten", ControlAction.Flatten),
        ("/reset", ControlAction.Reset), ("/mode", ControlAction.SetMode), ("/feed/pause", ControlAction.FeedPause),
        ("/feed/resume", ControlAction.FeedResume), ("/adopt", ControlAction.Adopt),
        ("/close", ControlAction.Close), ("/stop", ControlAction.MoveStop),
    ];

    private readonly Lock _gate = new();
    private readonly EventSource _source = new(log, RoleNames.GovernanceGateway, options.Mode, options.IsTape);

    public static void Map(WebApplication app)
    {
        app.UseRequestGuard();
        var keyed = app.MapGroup("");
        if (ControlSettings.From(app.Configuration).Key is { } key)
            keyed.AddEndpointFilter((context, next) => HasKey(context.HttpContext.Request, key)
                ? next(context)
                : ValueTask.FromResult<object?>(Results.Json(
                    new { error = "'Authorization: Bearer' with the key of Control:Key is missing or wrong." },
                    statusCode: StatusCodes.Status401Unauthorized)));
        foreach (var (path, action) in s_words)
            keyed.MapPost(
                "/control" + path, (ControlRequest request, ControlSurface surface) => surface.Send(action, request));
        keyed.MapGet("/policy", (ControlSurface surface) => surface.PolicyInForce());
    }

    private static bool HasKey(HttpRequest request, string key) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes("Bearer " + key));

    private async Task<IResult> Send(ControlAction action, ControlRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || string.IsNullOrWhiteSpace(request.By))
            return Results.BadRequest(new { error = "'reason' and 'by' must say why and who: both are recorded." });
        RiskMode? mode = null;
        if (action == ControlAction.SetMode)
        {
            if (!EnumText<RiskMode>.TryParse(Encoding.UTF8.GetBytes(request.Mode ?? ""), out var wanted))
                return Results.BadRequest(
                    new { error = $"'mode' is '{request.Mode}': use one of {EnumText<RiskMode>.Allowed}." });
            mode = wanted;
        }

        Symbol? symbol = null;
        var isOfPosition = action is ControlAction.Adopt or ControlAction.Close or ControlAction.MoveStop;
        if (isOfPosition)
        {
            if (!Symbol.TryParse(request.Symbol ?? "", out var wanted))
                return Results.BadRequest(
                    new { error = $"'symbol' is '{request.Symbol}': name the position, for example NEARUSDT." });
            symbol = wanted;
        }

        var eventId = $"control-{Guid.NewGuid():N}";
        var command = new ControlCommand
        {
            Command = action, RiskMode = mode, Symbol = symbol, PositionId = request.PositionId,
            StopPrice = request.StopPrice, Reason = request.Reason, By = request.By,
        };
        if (command.Fault() is { } fault) return Results.BadRequest(new { error = fault });
        if (command.RefusalIn(options.Mode) is { } refusal) return Results.Conflict(new { error = refusal });
        if (await NowMsAsync() is not { } atMs) return Results.Conflict(new { error = SystemTime.NoTimeYet });
        lock (_gate) _source.Publish(StreamCatalog.GovernanceControl, command, eventId, atMs, kept: true);
        return Results.Accepted(command.IsOfFeed() || isOfPosition ? null : "/policy", new { eventId });
    }

    private async Task<IResult> PolicyInForce()
    {
        var newest = await redis.GetDatabase()
            .StreamRangeAsync(StreamCatalog.PolicyUpdated.Key, count: 1, messageOrder: Order.Descending);
        return newest.Length == 0
            ? Results.NotFound(new { error = "no policy was published yet." })
            : Results.Ok(newest[0].Values.ToDictionary(field => field.Name.ToString(), field =>
                field.Value.ToString()));
    }

    /// <summary>The system's time, UTC epoch ms: on a tape the tape's; null before its first step.</summary>
    private async Task<long?> NowMsAsync()
    {
        if (!options.IsTape) return time.GetUtcNow().ToUnixTimeMilliseconds();
        var position = await redis.GetDatabase().StringGetAsync(FeedKeys.Position);
        return SystemTime.TryReadTape(position, out var tapeMs) ? tapeMs : null;
    }
}

/// <summary>What an operator says: why, who, and the mode, the position or the stop where one is meant.</summary>
public sealed record ControlRequest(
    string? Reason, string? By, string? Mode, string? Symbol = null, string? PositionId = null,
    decimal? StopPrice = null);
