namespace Quantum.Feeds;

/// <summary>
/// What a feed pushes into, in tape order. All events since the last <see cref="Step"/> belong to the next one: none is
/// later than it.
/// </summary>
public interface IMarketSink
{
    /// <param name="atMs">When it happened, UTC epoch ms.</param>
    /// <param name="tick">The trade print.</param>
    void Tick(long atMs, in MarketTick tick);

    /// <summary>
    /// Every change of the best bid and ask that a recording or an exchange tells, in its order; states and quotes tell
    /// only the last of a step. For sinks that show the book as it was.
    /// </summary>
    /// <param name="atMs">When it was so, UTC epoch ms.</param>
    /// <param name="top">The best bid and ask.</param>
    void Book(long atMs, in BookTop top)
    {
    }

    /// <summary>
    /// What an exchange told of the market and nobody understands, or what cannot be. Of no instant; recordings name
    /// such things when they are opened.
    /// </summary>
    /// <param name="what">What it is, as a name.</param>
    /// <param name="payload">What was told.</param>
    void Unread(string what, string payload)
    {
    }

    /// <param name="atMs">When it was so, UTC epoch ms.</param>
    /// <param name="state">The market's state of one symbol.</param>
    void Data(long atMs, in MarketData state);

    /// <param name="atMs">When the candle closed, UTC epoch ms.</param>
    /// <param name="kline">The closed candle.</param>
    void Kline(long atMs, in MarketKline kline);

    /// <param name="atMs">When the venue quoted it, UTC epoch ms.</param>
    /// <param name="quote">One venue's quote.</param>
    void Quote(long atMs, in ExchangeRaw quote);

    /// <summary>
    /// The instant is complete: pacing and the barrier happen here. Instants of one feed rise strictly.
    /// </summary>
    /// <param name="atMs">The instant, UTC epoch ms.</param>
    void Step(long atMs);

    /// <summary>
    /// Whether an order or a position in a symbol may meet a candle's prices: then the path inside it is walked. Asked
    /// before the candle's open is told, and with the same answer again when a tape goes on inside that candle. False
    /// for sinks behind which nothing trades; one with a venue behind it must answer.
    /// </summary>
    /// <param name="symbol">Whose candle.</param>
    /// <param name="openMs">The candle's open, UTC epoch ms.</param>
    bool IsWatched(Symbol symbol, long openMs) => false;

    /// <summary>
    /// The side held in a symbol once the candle's open has been told and its orders are filled; null when flat. The
    /// same answer again when a tape goes on inside that candle.
    /// </summary>
    /// <param name="symbol">Whose candle.</param>
    /// <param name="openMs">The candle's open, UTC epoch ms.</param>
    PositionSide? HeldSide(Symbol symbol, long openMs) => null;
}
