using Quantum.Exchanges;
using Quantum.Roles.Executor;
using Quantum.Roles.Symbols;

namespace Quantum.Executor.Venue;

/// <summary>
/// Hears what the venue tells of the account, and compares the whole of it with the books: at the start, after every
/// gap of the stream, and every half minute. The executor decides what a difference means; here it is only told.
/// </summary>
internal sealed class AccountWatch(
    IOrderVenue venue, OrderLanes lanes, SendJournal journal, VenuePublisher publisher, OrderLaneOptions options,
    SymbolFilterBook symbols, EntryStop stop, VenueNotes notes, ILogger<AccountWatch> log)
    : BackgroundService, IVenueListener
{
    private const int SeatPollMs = 250;

    private readonly SemaphoreSlim _due = new(0);
    private readonly HashSet<Symbol> _told = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly long _startedMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    private CancellationToken _serving;

    public void OnUpdate(in OrderUpdate update) => publisher.Tell(in update, null, null, _serving);

    public void OnConnected(string why)
    {
        log.LogInformation("{Venue}: the account's stream is up ({Why})", venue.Name, why);
        _due.Release();
    }

    public void OnLost(string why) => log.LogWarning("{Venue}: the account's stream is lost: {Why}", venue.Name, why);

    public void OnUnreadable(string what, string payload)
    {
        log.LogError("{Venue} told what is not understood, {What}: {Payload}", venue.Name, what, payload);
        publisher.PutAside(what, payload, _serving);
        // Whatever it was, the account shows what it did.
        _due.Release();
    }

    public void OnNotice(VenueNotice notice)
    {
        notes.Tell(notice, VenueNotes.Once, _serving);
        _due.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await UntilSeatAsync(held: true, stoppingToken).ConfigureAwait(false);
            using var serving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var seat = UntilSeatAsync(held: false, serving.Token);
            _serving = serving.Token;
            var setup = new AccountSetup(venue, stop, notes, options);
            Task[] work =
            [
                venue.ListenAsync(this, serving.Token), CompareAsync(serving.Token), WatchServerAsync(serving.Token),
                setup.RunAsync(() => Traded(serving.Token), serving.Token),
            ];
            // Any without the others is a part of it, and would look like all.
            await Task.WhenAny([seat, .. work]).ConfigureAwait(false);
            await serving.CancelAsync().ConfigureAwait(false);
            foreach (var part in work) await QuietlyAsync(part).ConfigureAwait(false);
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    // A replica that waits for the seat must not tell the same things as the one that has it.
    private async Task UntilSeatAsync(bool held, CancellationToken cancel)
    {
        while (await Task.Run(() => journal.IsOwner(cancel), cancel).ConfigureAwait(false) != held)
            await Task.Delay(SeatPollMs, cancel).ConfigureAwait(false);
    }

    // A Redis that began anew, or another one in its place, may have lost the last it took: what the executor knew of
    // the account is then older than the account, and is put right at once.
    private async Task WatchServerAsync(CancellationToken cancel)
    {
        for (string? known = null; ; await Task.Delay(SeatPollMs, cancel).ConfigureAwait(false))
        {
            var server = await Task.Run(() => journal.ServerRun(cancel), cancel).ConfigureAwait(false);
            if (known is not null && known != server)
            {
                log.LogWarning("Redis began anew: the account is compared with {Venue} at once", venue.Name);
                _due.Release();
            }

            known = server;
        }
    }

    private async Task QuietlyAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The seat is another's, or the service ends.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "{Venue}: {Fault}", venue.Name, fault.Message);
            await Task.Delay(options.RetryAfterMs).ConfigureAwait(false);
        }
    }

    private List<Symbol> Traded(CancellationToken cancel) => [.. journal.SymbolsEver(cancel).Select(Symbol.Parse)];

    private async Task CompareAsync(CancellationToken cancel)
    {
        // Whatever the one before left open is asked for at once, stream or not.
        lanes.ResolveOpen(cancel);
        // The first comparison comes with the stream, or soon without it.
        var pauseMs = options.RetryAfterMs;
        while (true)
        {
            // However often it was asked for meanwhile, once is enough.
            while (await _due.WaitAsync(pauseMs, cancel).ConfigureAwait(false)) pauseMs = 0;
            try
            {
                lanes.ResolveOpen(cancel);
                var isWhole = await CompareOnceAsync(cancel).ConfigureAwait(false);
                pauseMs = isWhole ? options.ReconcileEveryMs : options.RetryAfterMs;
            }
            catch (VenueException fault)
            {
                log.LogWarning("{Venue}: the account cannot be compared yet: {Fault}", venue.Name, fault.Message);
                pauseMs = options.RetryAfterMs;
            }
        }
    }

    /// <returns>False when a fill was told meanwhile: what was read of its symbol counts for nothing then.</returns>
    private async Task<bool> CompareOnceAsync(CancellationToken cancel)
    {
        // What is told is as old as the beginning of the reading: the executor passes over a word that is older than a
        // fill, and over a balance that is older than what moved the cash.
        var beganMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var account = await venue.ReadAccountAsync(cancel).ConfigureAwait(false);
        TellClock(account.ClockOffsetMs, cancel);
        var ever = Traded(cancel);
        // What was missed comes first, so that a difference is only what no fill explains.
        var isQuiet = true;
        foreach (var symbol in ever) isQuiet &= !await TryFillsAsync(symbol, beganMs, cancel).ConfigureAwait(false);
        TellUnread(account.Unread);
        _told.UnionWith(ever);
        _told.UnionWith(account.Positions.Select(position => position.Symbol));
        // Positions before orders: a stop that nobody remembers may be all that protects one.
        foreach (var symbol in _told) TellPosition(symbol, account, beganMs, cancel);
        foreach (var order in account.Orders) Tell(order, cancel);
        TellBalance(account, beganMs, cancel);
        return isQuiet;
    }

    // Each is shown once while it is there: its text is another with every mark price, and whatever is shown has the
    // account compared again.
    private void TellUnread(IReadOnlyList<VenueUnread> all)
    {
        _unread.IntersectWith(all.Select(unread => unread.Id));
        foreach (var unread in all)
            if (_unread.Add(unread.Id)) OnUnreadable("account", unread.Text);
    }

    // Requests are dated by the venue's clock, which the adapter measures; deadlines and ages are by this machine's.
    private void TellClock(long offsetMs, CancellationToken cancel)
    {
        if (Math.Abs(offsetMs) <= venue.ReceiveWindow.TotalMilliseconds)
        {
            notes.Over(FindingCodes.ClockDrift, "", cancel);
            return;
        }

        notes.Tell(new VenueNotice(
            FindingCodes.ClockDrift, "", Severity.Warning,
            $"This machine's clock is {Math.Abs(offsetMs)} ms {(offsetMs < 0 ? "ahead of" : "behind")} {venue.Name}'s, "
            + $"more than the receive window of {(long)venue.ReceiveWindow.TotalMilliseconds} ms.",
            "synchronise it, for example with chrony"), VenueNotes.Lasting, cancel);
    }

    // What the venue refuses to tell of one symbol, for example of one that it has taken off its list, concerns the
    // entries of that symbol alone. What it did not answer is asked again with all the rest.
    private async Task<bool> TryFillsAsync(Symbol symbol, long beganMs, CancellationToken cancel)
    {
        const string Fills = "/fills";
        try
        {
            var isNew = await TellFillsAsync(symbol, beganMs, cancel).ConfigureAwait(false);
            stop.Symbol(symbol, null);
            notes.Over(FindingCodes.EntriesBlocked, symbol.Name + Fills, cancel);
            return isNew;
        }
        catch (VenueException fault) when (fault.IsOfItsSymbol)
        {
            stop.Symbol(symbol, fault.Message);
            notes.Tell(new VenueNotice(
                FindingCodes.EntriesBlocked, symbol.Name + Fills, Severity.Warning,
                $"{symbol} takes no entries: {fault.Message} Its position is told without its fills; all other symbols "
                + "go on.", "leave the symbol out, or ask the exchange why"), VenueNotes.Lasting, cancel);
            return false;
        }
    }

    // Also what happened while nobody was here; what one symbol has is kept when the next one cannot be read.
    // True when one of them was not told before, as far as two clocks can say.
    private async Task<bool> TellFillsAsync(Symbol symbol, long beganMs, CancellationToken cancel)
    {
        var isNew = false;
        var sinceMs = (journal.FillsReadToMs(symbol, cancel) ?? _startedMs) - options.ReconcileEveryMs;
        foreach (var fill in await venue.ReadFillsAsync(symbol, sinceMs, cancel).ConfigureAwait(false))
            isNew |= publisher.Tell(in fill, null, null, cancel).Ms >= beganMs;
        journal.NoteFillsRead(symbol, beganMs, cancel);
        return isNew;
    }

    private void Tell(VenueOrderState order, CancellationToken cancel) => publisher.Tell(
        new OrderUpdate
        {
            Kind = UpdateKind.Order,
            Symbol = order.Symbol,
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = order.VenueOrderId,
            Status = order.FilledQuantity > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted,
            Side = order.Side,
            LastFillQuantity = 0,
            // Without its price a total says nothing: the fills themselves are read.
            CumulativeQuantity = 0,
            FeeUsd = 0,
        },
        null, null, cancel);

    private void TellPosition(Symbol symbol, VenueAccountState account, long beganMs, CancellationToken cancel)
    {
        var held = account.Positions.FirstOrDefault(position => position.Symbol == symbol);
        var closing = held is null ? Side.Sell : held.Quantity > 0 ? Side.Sell : Side.Buy;
        var covered = account.Orders
            .Where(order => order.Symbol == symbol && order.ReduceOnly && order.Side == closing
                && ExecutorRole.IsOurs(order.ClientOrderId)
                && order.Type is OrderType.StopMarket or OrderType.StopLimit)
            .Sum(order => order.Quantity == 0 ? Math.Abs(held?.Quantity ?? 0) : order.Quantity - order.FilledQuantity);
        publisher.Tell(
            new OrderUpdate
            {
                Kind = UpdateKind.Position,
                Symbol = symbol,
                Status = OrderStatus.Accepted,
                LastFillQuantity = 0,
                CumulativeQuantity = 0,
                FeeUsd = 0,
                PositionQuantity = held?.Quantity ?? 0,
                PositionEntryPrice = held?.EntryPrice,
                LiquidationPrice = held?.LiquidationPrice,
                Leverage = held?.Leverage,
                StopQuantity = covered,
            },
            null, null, cancel, beganMs);
    }

    // Last of all: it tells that the whole account was compared.
    private void TellBalance(VenueAccountState account, long beganMs, CancellationToken cancel)
    {
        if (symbols.All.FirstOrDefault() is not { } any) return;
        publisher.Tell(
            new OrderUpdate
            {
                Kind = UpdateKind.Balance,
                Symbol = any.Symbol,
                Status = OrderStatus.Accepted,
                LastFillQuantity = 0,
                CumulativeQuantity = 0,
                FeeUsd = 0,
                WalletUsd = account.WalletUsd,
            },
            null, null, cancel, beganMs);
    }
}
