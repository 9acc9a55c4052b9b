using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Quantum.Resp;

namespace Quantum.Exchanges.Budget;

/// <summary>
/// The budget of an account in Redis, shared by every process that uses it. While Redis is away exits and cancels go on
/// within a share of this process's own, entries and queries wait.
/// </summary>
public sealed class RedisRateBudget : IRateBudget, IDisposable
{
    private const string KeyPrefix = "quantum:budget:";
    private const int HashBytes = 8;

    private readonly BudgetLine _line;

    /// <param name="endpoint">Where the budget is; its waits are shortened, because an exit may wait for them.</param>
    /// <param name="venue">The exchange, for example <c>binance</c>.</param>
    /// <param name="account">Tells the account from others, for example its API key; only a hash leaves here.</param>
    /// <param name="limits">What is granted: the same for every process of the account.</param>
    /// <param name="log">Told when Redis goes and comes back.</param>
    public RedisRateBudget(
        RespEndpoint endpoint, string venue, string account, BudgetLimits limits, ILogger<RedisRateBudget> log)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var script = new BudgetScript(limits.Checked(), KeyOf(venue, account));
        _line = new BudgetLine(limits, new RedisCount(endpoint, script, limits, log));
    }

    /// <summary>The key of an account's budget; its braces keep it in one slot of a cluster.</summary>
    public static string KeyOf(string venue, string account)
    {
        ArgumentException.ThrowIfNullOrEmpty(venue);
        ArgumentException.ThrowIfNullOrEmpty(account);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(account)).AsSpan(0, HashBytes);
        return $"{KeyPrefix}{{{venue}-{Convert.ToHexStringLower(hash)}}}";
    }

    public ValueTask<bool> TakeAsync(
        RequestUrgency urgency, RequestCost cost, long latestMs, CancellationToken cancel) =>
        _line.TakeAsync(urgency, cost, latestMs, cancel);

    public void Tell(BudgetUse use) => _line.Tell(use);

    public void Refused(TimeSpan retryAfter, bool isBan) => _line.Refused(retryAfter, isBan);

    public void Dispose() => _line.Dispose();
}
