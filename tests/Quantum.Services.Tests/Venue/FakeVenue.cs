using System.Collections.Concurrent;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Exchanges;

namespace Quantum.Services.Tests.Venue;

/// <summary>A venue that does to single requests what networks do to them.</summary>
internal sealed class FakeVenue : IOrderVenue
{
    private readonly ConcurrentDictionary<string, OrderStatus> _orders = new(StringComparer.Ordinal);

    private readonly List<Timer> _late = [];
    private int _reads;
    private int _heard;

    public string Name => "fake";

    public TimeSpan ReceiveWindow { get; init; } = TimeSpan.FromMilliseconds(500);

    public VenueNotice? Reservation { get; set; }

    /// <summary>How often the account was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How often the account's stream was begun.</summary>
    public int Heard => Volatile.Read(ref _heard);

    /// <summary>True once the account's stream was left.</summary>
    public volatile bool IsLeft;

    /// <summary>Client ids in the order in which they were posted, also those that did not arrive.</summary>
    public ConcurrentQueue<string> Posts { get; } = new();

    /// <summary>Every question and cancel, as <c>query id</c> or <c>cancel id</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What happens to the next orders; empty: accepted.</summary>
    public ConcurrentQueue<Fate> Fates { get; } = new();

    /// <summary>The clock by which an order is too late to be sent, as an adapter has it; null: none ever is.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>True while no question is answered.</summary>
    public volatile bool IsAway;

    /// <summary>True while the account's stream cannot be opened and the account cannot be read.</summary>
    public volatile bool IsDeaf;

    /// <summary>Orders of which a question is answered only when it is let go.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> Hanging { get; } = new(StringComparer.Ordinal);

    public VenueAccountState Account { get; set; } = new(0, 1_000, 1_000, [], []);
    public List<OrderUpdate> Fills { get; } = [];

    /// <summary>How often the way to the account cannot be prepared yet.</summary>
    public int Unprepared { get; set; }

    /// <summary>Done while the account is being read.</summary>
    public Action? WhileRead { get; set; }

    /// <summary>From when on fills were read, UTC epoch ms.</summary>
    public ConcurrentQueue<long> FillsSince { get; } = new();

    /// <summary>True once the account's stream is heard.</summary>
    public volatile bool IsHeard;

    /// <summary>The symbol whose margin mode is refused; null: none.</summary>
    public volatile string? Blocked;

    /// <summary>The symbol whose fills are refused; null: none.</summary>
    public volatile string? Delisted;

    /// <summary>Whoever hears the stream.</summary>
    public IVenueListener? Listener { get; private set; }

    public ValueTask PrepareAsync(CancellationToken cancel) => Unprepared-- > 0
        ? throw new VenueException("the venue is away: wait")
        : ValueTask.CompletedTask;

    public ValueTask<VenueNotice?> PrepareSymbolAsync(Symbol symbol, CancellationToken cancel) => new(
        symbol.Name == Blocked
            ? new VenueNotice(
                FindingCodes.EntriesBlocked, symbol.Name, Severity.Warning, $"{symbol} takes no entries.", "close it")
            : null);

    public ValueTask<OrderUpdate> PlaceAsync(OrderCommand order, CancellationToken cancel)
    {
        if (order.DeadlineMs < Time?.GetUtcNow().ToUnixTimeMilliseconds())
            return new(Of(order, OrderStatus.Expired, "deadline"));
        Posts.Enqueue(order.ClientOrderId);
        Fates.TryDequeue(out var fate);
        switch (fate)
        {
            case Fate.Refused:
                return new(Of(order, OrderStatus.Rejected, "insufficient_margin"));
            case Fate.AnswerLost:
                _orders[order.ClientOrderId] = OrderStatus.Accepted;
                return new(Of(order, OrderStatus.Unknown));
            case Fate.RequestLost:
                return new(Of(order, OrderStatus.Unknown));
            case Fate.ArrivesLate:
                // A timer of its own, not a wait: the request is still on its way when the answer is given up.
                _late.Add(new Timer(
                    _ => _orders[order.ClientOrderId] = OrderStatus.Accepted, null, 150, Timeout.Infinite));
                return new(Of(order, OrderStatus.Unknown));
            case Fate.Throws:
                throw new InvalidOperationException("a bug of the adapter");
            default:
                _orders[order.ClientOrderId] = OrderStatus.Accepted;
                return new(Of(order, OrderStatus.Accepted));
        }
    }

    public ValueTask<OrderUpdate> CancelAsync(OrderCommand order, CancellationToken cancel)
    {
        Asked.Enqueue("cancel " + order.ClientOrderId);
        if (!_orders.ContainsKey(order.ClientOrderId)) return new(Of(order, OrderStatus.NotFound));
        return new(Of(order, _orders[order.ClientOrderId] = OrderStatus.Canceled));
    }

    public async ValueTask<OrderUpdate> QueryAsync(OrderCommand order, CancellationToken cancel)
    {
        Asked.Enqueue("query " + order.ClientOrderId);
        if (Hanging.TryGetValue(order.ClientOrderId, out var end)) await end.Task;
        if (IsAway) return Of(order, OrderStatus.Unknown);
        return Of(order, _orders.TryGetValue(order.ClientOrderId, out var status) ? status : OrderStatus.NotFound);
    }

    public ValueTask<VenueAccountState> ReadAccountAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref _reads);
        if (IsAway || IsDeaf) throw new VenueException("the venue is away: wait");
        var account = Account;
        WhileRead?.Invoke();
        return new(account);
    }

    public ValueTask<IReadOnlyList<OrderUpdate>> ReadFillsAsync(
        Symbol symbol, long sinceMs, CancellationToken cancel)
    {
        FillsSince.Enqueue(sinceMs);
        if (symbol.Name == Delisted)
            throw new VenueException($"the fills of {symbol} were refused") { Code = -1121, IsOfItsSymbol = true };
        return new([.. Fills.Where(fill => fill.Symbol == symbol)]);
    }

    public async Task ListenAsync(IVenueListener listener, CancellationToken cancel)
    {
        Listener = listener;
        if (!IsDeaf)
        {
            listener.OnConnected("start");
            Interlocked.Increment(ref _heard);
            IsHeard = true;
        }

        var end = new TaskCompletionSource();
        using var left = cancel.Register(() =>
        {
            IsLeft = true;
            end.SetCanceled(cancel);
        });
        await end.Task;
    }

    public ValueTask DisposeAsync()
    {
        _late.ForEach(timer => timer.Dispose());
        return ValueTask.CompletedTask;
    }

    private static OrderUpdate Of(in OrderCommand order, OrderStatus status, string? code = null) =>
        OrderUpdate.To(in order, status, code, null);
}

/// <summary>What becomes of one posted order.</summary>
internal enum Fate
{
    Accepted,
    Refused,

    /// <summary>It is there, the answer is not.</summary>
    AnswerLost,

    /// <summary>It never arrives.</summary>
    RequestLost,

    /// <summary>It arrives after it was asked for a first time.</summary>
    ArrivesLate,
    Throws,
}
