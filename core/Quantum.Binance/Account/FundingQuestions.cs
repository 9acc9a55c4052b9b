using System.Threading.Channels;
using Quantum.Binance.Calls;
using Quantum.Exchanges;

namespace Quantum.Binance.Account;

/// <summary>
/// Asks after funding that the stream told without a symbol: once for all that is told of one minute, a moment later,
/// when it is booked.
/// </summary>
internal sealed class FundingQuestions(
    BinanceSettings settings, FundingReader reader, ChannelWriter<Action> line, IVenueListener listener,
    TimeProvider time, CancellationToken cancel)
{
    private readonly HashSet<long> _waiting = [];

    /// <summary>Called in line, as everything that is told.</summary>
    public void Ask(long atMs)
    {
        if (_waiting.Add(atMs / 60_000)) _ = Guarded.UntilCancelledAsync(() => AskAsync(atMs), cancel);
    }

    private async Task AskAsync(long atMs)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(settings.ReconnectMs), time, cancel).ConfigureAwait(false);
        line.TryWrite(() =>
        {
            _waiting.Remove(atMs / 60_000);
            _ = Guarded.UntilCancelledAsync(() => ReadAsync(atMs), cancel);
        });
    }

    private async Task ReadAsync(long atMs)
    {
        var updates = await reader.ReadAsync(atMs, cancel).ConfigureAwait(false);
        line.TryWrite(() =>
        {
            if (updates is null)
                OrderEvents.Unreadable(listener, "funding", $"at {atMs}: no booking tells of which symbols");
            foreach (var update in updates ?? []) listener.OnUpdate(in update);
        });
    }
}
