using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Hosting;
using StackExchange.Redis;

namespace Quantum.Governance;

/// <summary>
/// The operator's way to governance over HTTP: kill switch, mode, reset, and the policy in force. Each request becomes
/// one event on <c>governance.control</c>; the answer is its id, and the policy that follows names who asked and why.
/// </summary>
public sealed class ControlSurface(IEventLog log, QuantumOptions options, IConnectionMultiplexer redis,
    TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly EventSource _source = new(log, RoleNames.GovernanceGateway, options.Mode, options.IsTape);

    public static void Map(WebApplication app)
    {
        var control = app.MapGroup("/control");
        control.MapPost("/kill", (ControlRequest request, ControlSurface surface) =>
            surface.Send(ControlAction.KillOn, request));
        control.MapPost("/release", (ControlRequest request, ControlSurface surface) =>
            surface.Send(ControlAction.KillOff, request));
        control.MapPost("/reset", (ControlRequest request, ControlSurface surface) =>
            surface.Send(ControlAction.Reset, request));
        control.MapPost("/mode", (ControlRequest request, ControlSurface surface) =>
            surface.Send(ControlAction.SetMode, request));
        app.MapGet("/policy", (ControlSurface surface) => surface.PolicyInForce());
    }

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

        var eventId = $"control-{Guid.NewGuid():N}";
        var command = new ControlCommand { Command = action, RiskMode = mode, Reason = request.Reason,
            By = request.By };
        var atMs = await NowMsAsync();
        lock (_gate) _source.Publish(StreamCatalog.GovernanceControl, command, eventId, atMs, once: true);
        return Results.Accepted("/policy", new { eventId });
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

    // On a tape its time is the time: an operator's word stamped with today's date would age everything at once.
    private async Task<long> NowMsAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!options.IsTape) return now;
        var position = await redis.GetDatabase().StringGetAsync(FeedKeys.Position);
        return long.TryParse(position.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var tape) ? tape
            : now;
    }
}

/// <summary>What an operator says: why, who, and the mode where one is meant.</summary>
public sealed record ControlRequest(string? Reason, string? By, string? Mode);
