using Microsoft.Extensions.Logging;
using Quantum.Resp;

namespace Quantum.Exchanges.Budget;

/// <summary>
/// Counts in Redis. While it is away exits are counted here, within this process's share, and told to Redis when it is
/// back; what a venue has refused holds all the time. For one thread.
/// </summary>
internal sealed class RedisCount : IBudgetCount
{
    // Connecting and one reply: an exit may wait for both, once, before it goes out without Redis.
    private const int PatienceMs = 250;
    private const int FirstPauseMs = 100;
    private const int LongestPauseMs = 2_000;

    private readonly RespEndpoint _endpoint;
    private readonly BudgetScript _script;
    private readonly BudgetLimits _limits;
    private readonly BudgetWindow _alone;
    private readonly ILogger _log;
    private readonly RespBackoff _backoff = new(Random.Shared.NextDouble, FirstPauseMs, LongestPauseMs);
    private RespEndpoint _target;
    private RespConnection? _connection;
    private RequestCost _sentAlone;
    private bool _isAway;
    private long _againMs;

    public RedisCount(RespEndpoint endpoint, BudgetScript script, BudgetLimits limits, ILogger log)
    {
        _endpoint = endpoint with
        {
            ConnectTimeoutMs = Math.Min(endpoint.ConnectTimeoutMs, PatienceMs),
            ReplyTimeoutMs = Math.Min(endpoint.ReplyTimeoutMs, PatienceMs), LoadingTimeoutMs = 0,
        };
        (_script, _limits, _log, _target) = (script, limits, log, _endpoint);
        _alone = new BudgetWindow(limits.Away());
    }

    private static long NowMs => Environment.TickCount64;

    public long Take(RequestUrgency urgency, RequestCost cost)
    {
        if (Ask("take", (long)urgency, cost.Weight, cost.Orders) is { } answer) return answer.WaitMs;
        var untilAgain = Math.Max(1, _againMs - NowMs);
        if (urgency != RequestUrgency.Exit) return untilAgain;
        var wait = _alone.Take(NowMs, urgency, cost);
        if (wait > 0) return Math.Min(wait, untilAgain);
        _sentAlone = new RequestCost(_sentAlone.Weight + cost.Weight, _sentAlone.Orders + cost.Orders);
        return 0;
    }

    // The venue tells again with its next reply; what this process may send alone does not come from its figures.
    public void Tell(BudgetUse use) => Ask("tell", use.WeightMinute, use.OrdersTenSeconds, use.OrdersMinute);

    public void Refuse(long retryAfterMs, bool isBan)
    {
        _alone.Refuse(NowMs, retryAfterMs, isBan);
        Ask("refuse", retryAfterMs, isBan ? (long)_limits.EntriesStoppedAfterBan.TotalMilliseconds : -1);
    }

    public void Dispose() => Drop();

    /// <summary>The answer of Redis; null while it is away.</summary>
    private BudgetAnswer? Ask(string operation, params ReadOnlySpan<long?> arguments)
    {
        if (_isAway && NowMs < _againMs) return null;
        for (var isRedirected = false; ; isRedirected = true)
        {
            try
            {
                var connection = Connected();
                if (_isAway) Return(connection);
                var answer = _script.Call(connection, operation, arguments);
                _alone.Adopt(NowMs, answer.OverMs, answer.StopMs);
                return answer;
            }
            catch (RespException e)
            {
                Drop();
                if (!isRedirected && Redirect(e)) continue;
                Lost(e);
                return null;
            }
        }
    }

    // What happened meanwhile is made known before anything is asked.
    private void Return(RespConnection connection)
    {
        var (overMs, stopMs) = _alone.Pauses(NowMs);
        if (overMs > 0 || stopMs > 0)
            _script.Call(connection, "refuse", overMs, stopMs > 0 ? Math.Max(0, stopMs - overMs) : -1);
        _script.Call(connection, "spend", _sentAlone.Weight, _sentAlone.Orders);
        _log.LogInformation(
            "the rate budget is back in Redis; {Orders} orders and {Weight} weight were sent without it",
            _sentAlone.Orders, _sentAlone.Weight);
        _sentAlone = default;
        _isAway = false;
        _backoff.Reset();
    }

    private RespConnection Connected()
    {
        if (_connection is { IsBroken: false, PendingReplies: 0 } alive) return alive;
        Drop();
        return _connection = RespConnection.Connect(_target);
    }

    // A cluster's slot is elsewhere: asked there at once.
    private bool Redirect(RespException error)
    {
        if (error is not RespServerException { Code: RespErrorCode.Moved, RedirectHost: { } host } moved) return false;
        _target = _target with { Host = host.Length == 0 ? _target.Host : host, Port = moved.RedirectPort };
        return true;
    }

    private void Lost(RespException error)
    {
        _target = _endpoint;
        _againMs = NowMs + (long)_backoff.Next().TotalMilliseconds;
        if (_isAway) return;
        _isAway = true;
        _log.LogWarning(
            "the rate budget is without Redis ({Reason}): exits go on within this process's share, the rest waits",
            error.Message);
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
