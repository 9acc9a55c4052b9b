using System.Threading.Channels;
using Binance.Net.Clients;
using Microsoft.Extensions.Logging;
using Quantum.Binance.Calls;
using Quantum.Binance.Orders;
using Quantum.Exchanges;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Account;

/// <summary>
/// Hears the account's stream. Its key is ours to start, renew and replace: the library would go on using one that has
/// died. Everything is told by one caller after the other.
/// </summary>
internal sealed class UserStream(
    BinanceSettings settings, BinanceRestClient rest, BinanceCalls calls, SymbolSetup setup, OrderNames names,
    Fees fees, TimeProvider time, ILoggerFactory logs)
{
    private const string KeyExpired = "listen_key_expired";
    private const string Reconnect = "reconnect";

    private readonly ILogger _log = logs.CreateLogger<UserStream>();

    public TimeSpan KeepAliveEvery { get; set; } = TimeSpan.FromMinutes(30);

    public Task RunAsync(IVenueListener listener, CancellationToken cancel) => Guarded.UntilCancelledAsync(
        async () =>
        {
            var events = new OrderEvents(names, fees);
            for (var why = "start"; ;)
            {
                cancel.ThrowIfCancellationRequested();
                var startMs = time.NowMs();
                if (await StartKeyAsync(cancel).ConfigureAwait(false) is { } key)
                    why = await HearAsync(key, why, events, listener, cancel).ConfigureAwait(false);
                // Nothing is heard meanwhile: only what has just failed waits.
                var waitMs = Math.Max(0, startMs + settings.ReconnectMs - time.NowMs());
                await Task.Delay(TimeSpan.FromMilliseconds(waitMs), time, cancel).ConfigureAwait(false);
            }
        },
        cancel);

    /// <returns>What came before the next start.</returns>
    private async Task<string> HearAsync(
        string key, string why, OrderEvents events, IVenueListener listener, CancellationToken cancel)
    {
        var line = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var check = new SemaphoreSlim(0);
        using var socket = BinanceClients.Socket(
            settings, new LibraryLog(logs, (what, frame) => line.Writer.TryWrite(
                () => OrderEvents.Unreadable(listener, what, frame))));
        string? end = null;
        var funding = new FundingQuestions(
            settings, new FundingReader(settings, rest, calls, time), line.Writer, listener, time, stop.Token);
        var heard = new Heard(
            key, line.Writer, events, new AccountEvents(setup, _log), listener, () => end ??= KeyExpired,
            funding.Ask);
        var subscription = await heard.SubscribeAsync(socket, cancel).ConfigureAwait(false);
        if (subscription is null) return why;
        subscription.ConnectionLost += () => line.Writer.TryWrite(() =>
        {
            setup.Forget();
            listener.OnLost("connection_lost");
        });
        subscription.ConnectionRestored += _ => line.Writer.TryWrite(() =>
        {
            listener.OnConnected(Reconnect);
            check.Release();
        });
        subscription.ConnectionClosed += () => line.Writer.TryWrite(() => end ??= Reconnect);
        setup.Forget();
        listener.OnConnected(why);
        var keeping = KeepAsync(key, check, () => line.Writer.TryWrite(() => end ??= KeyExpired), stop.Token);
        try
        {
            while (end is null)
            {
                var told = await line.Reader.ReadAsync(cancel).ConfigureAwait(false);
                told();
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
            await subscription.CloseAsync().ConfigureAwait(false);
        }

        _log.LogInformation("the account's stream ended: {Why}", end);
        setup.Forget();
        listener.OnLost(end);
        return end;
    }

    private async ValueTask<string?> StartKeyAsync(CancellationToken cancel)
    {
        var reply = await calls.SendAsync("listen_key", RequestUrgency.Exit, Costs.One, calls.Patience, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.StartUserStreamAsync(ct: cancel).ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        if (reply.Outcome.Success && !string.IsNullOrEmpty(reply.Data)) return reply.Data;
        _log.LogWarning("the account's stream cannot be opened: {Words}", reply.Outcome.Words);
        return null;
    }

    // A renewal that fails for another reason than the key's death is tried again soon: it lives on for a while.
    private Task KeepAsync(string key, SemaphoreSlim check, Action onDead, CancellationToken cancel) =>
        Guarded.UntilCancelledAsync(
            async () =>
            {
                for (var wait = KeepAliveEvery; ;)
                {
                    await check.WaitAsync(wait, cancel).ConfigureAwait(false);
                    var outcome = await RenewAsync(key, cancel).ConfigureAwait(false);
                    if (outcome.Code == BinanceAnswers.DeadListenKey)
                    {
                        onDead();
                        return;
                    }

                    wait = outcome.Success ? KeepAliveEvery : KeepAliveEvery / 30;
                    if (!outcome.Success)
                        _log.LogWarning("the stream's key could not be renewed: {Words}", outcome.Words);
                }
            },
            cancel);

    private async ValueTask<CallOutcome> RenewAsync(string key, CancellationToken cancel)
    {
        var reply = await calls.SendAsync("listen_key", RequestUrgency.Exit, Costs.One, calls.Patience, async () =>
        {
            var result = await rest.UsdFuturesApi.Account.KeepAliveUserStreamAsync(key, ct: cancel)
                .ConfigureAwait(false);
            return Reply.Of(
                result.Success, result.Success, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
        }, cancel).ConfigureAwait(false);
        return reply.Outcome;
    }
}
