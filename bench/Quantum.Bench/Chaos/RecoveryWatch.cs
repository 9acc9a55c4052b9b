using Quantum.Bench.Orders;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Bench.Chaos;

/// <summary>
/// Whether the system is whole again: every service is healthy and holds its seats with the process that it is now, and
/// every reader of an ordered stream has acknowledged what stood there when this began. What was seen whole once is not
/// asked again. For one thread.
/// </summary>
internal sealed class RecoveryWatch : IDisposable
{
    private const string Taken = """
        local read = '0-0'
        for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
          local named = {}
          for i = 1, #group, 2 do named[group[i]] = group[i + 1] end
          if named.name == ARGV[1] then read = named['last-delivered-id'] end
        end
        return {read, #redis.call('XPENDING', KEYS[1], ARGV[1], '-', ARGV[2], 1)}
        """;

    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(2);
    private static readonly LogKeys s_keys = new();

    private readonly ChaosSystem _system;
    private readonly RespClient _redis;
    private readonly HttpClient _http = new() { Timeout = s_answer };
    private readonly List<string> _unhealthy = [.. ChaosCell.Services];
    private readonly List<RoleSeat> _unheld;
    private readonly List<(LogLink Link, EntryId UpTo)> _unread;

    public RecoveryWatch(ChaosSystem system, RespClient redis)
    {
        (_system, _redis) = (system, redis);
        _unheld = [.. s_keys.AllSeats.Where(seat => RoleNames.IsActiveIn(seat.Role, TradingMode.Sim))];
        _unread =
        [
            .. from stream in StreamCatalog.All
               where !stream.IsTail
               from consumer in stream.Consumers
               where RoleNames.IsActiveIn(consumer.Role, TradingMode.Sim)
               from seat in s_keys.SeatsOf(consumer.Role)
               from link in s_keys.LinksOf(seat, stream)
               where link.Kind == LinkKind.Group
               select (link, LastOf(link.StreamKey)),
        ];
    }

    /// <summary>What is waited for; null once everything is whole.</summary>
    public string? Waited()
    {
        _unhealthy.RemoveAll(IsHealthy);
        _unheld.RemoveAll(IsHeld);
        _unread.RemoveAll(wait => HasTaken(wait.Link, wait.UpTo));
        return _unhealthy.Count + _unheld.Count + _unread.Count == 0
            ? null
            : string.Join(", ", (string[])
            [
                .. _unhealthy.Select(name => name + " is not healthy"),
                .. _unheld.Select(seat => $"the seat of {seat.Role} is no process's of it"),
                .. _unread.Select(wait => $"{wait.Link.Group} has not taken {wait.UpTo}"),
            ]);
    }

    public void Dispose() => _http.Dispose();

    private bool IsHealthy(string service)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _system.HealthOf(service));
            using var answer = _http.Send(request);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    // The name of an owner is machine.pid.space.unique. Where two processes of a service live, either may hold a seat.
    private bool IsHeld(RoleSeat seat) => _redis.Execute(connection =>
        connection.Call("HGET", s_keys.Lease(seat), "owner").TryReadBytes(out var bytes)
        && System.Text.Encoding.UTF8.GetString(bytes) is var owner
        && _system.ProcessesOf(ServiceHosts.Of(seat.Role).Name).Any(id =>
            owner.Contains(FormattableString.Invariant($".{id}."), StringComparison.Ordinal)));

    private EntryId LastOf(string streamKey) => _redis.Execute(connection =>
    {
        var reply = connection.Call("XREVRANGE", streamKey, "+", "-", "COUNT", "1");
        reply.ThrowIfError();
        if (reply.ReadArray() == 0) return default;
        reply.ReadArray();
        return reply.ReadId();
    });

    // Delivered so far, and nothing of it pending.
    private bool HasTaken(LogLink link, EntryId upTo) => upTo == default || _redis.Execute(connection =>
    {
        var reply = connection.Call("EVAL", Taken, "1", link.StreamKey, link.Group, upTo.ToString());
        reply.ThrowIfError();
        reply.ReadArray();
        return reply.ReadId() >= upTo && reply.ReadInteger() == 0;
    });
}
