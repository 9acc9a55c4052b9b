namespace Quantum.Exchanges;

/// <summary>
/// One account at one exchange. Each call is one request: nothing is sent again by itself, and an answer that does not
/// say what became of an order is <see cref="OrderStatus.Unknown"/>, never a refusal.
/// </summary>
public interface IOrderVenue : IAsyncDisposable
{
    /// <summary>The exchange, for example <c>binance</c>.</summary>
    string Name { get; }

    /// <summary>
    /// How long a request may be under way: after that, what the venue does not have it will not get.
    /// </summary>
    TimeSpan ReceiveWindow { get; }

    /// <summary>What a person must know of this way to the venue as long as it is used; null: nothing.</summary>
    VenueNotice? Reservation { get; }

    /// <summary>
    /// Checks what must hold of the account before any entry: the clock, the key's rights, one-way position mode.
    /// </summary>
    /// <exception cref="VenueException">Names what is wrong and the mend.</exception>
    ValueTask PrepareAsync(CancellationToken cancel);

    /// <summary>
    /// Sets a symbol's margin mode and reads it back; what was refused is not sent again before a pause that grows.
    /// </summary>
    /// <returns>Null when it is in force; else why entries of this symbol, and of no other, are refused.</returns>
    ValueTask<VenueNotice?> PrepareSymbolAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>Sends an order, once, with the leverage it asks for read back before.</summary>
    ValueTask<OrderUpdate> PlaceAsync(OrderCommand order, CancellationToken cancel);

    /// <summary>Cancels by client id; an order that was over before is told as it ended.</summary>
    ValueTask<OrderUpdate> CancelAsync(OrderCommand order, CancellationToken cancel);

    /// <summary>
    /// Asks by client id; <see cref="OrderStatus.NotFound"/> only when the venue itself says that it does not have it
    /// by now: what was sent within <see cref="ReceiveWindow"/> may still arrive.
    /// </summary>
    ValueTask<OrderUpdate> QueryAsync(OrderCommand order, CancellationToken cancel);

    /// <summary>Positions, live orders (conditional ones too) and balance, as the venue has them.</summary>
    /// <exception cref="VenueException">When any part could not be read: no part of an answer stands for
    /// all.</exception>
    ValueTask<VenueAccountState> ReadAccountAsync(CancellationToken cancel);

    /// <summary>Fills of a symbol since a moment, oldest first, each as an update of kind fill.</summary>
    /// <exception cref="VenueException">When they could not be read.</exception>
    ValueTask<IReadOnlyList<OrderUpdate>> ReadFillsAsync(Symbol symbol, long sinceMs, CancellationToken cancel);

    /// <summary>Hears the account's own stream until cancelled, and connects again whenever it is lost.</summary>
    Task ListenAsync(IVenueListener listener, CancellationToken cancel);
}
