namespace Quantum.Exchanges;

/// <summary>
/// A venue whose best prices and funding are told on <c>exchange.raw</c>. One that is away only lowers the count of
/// venues.
/// </summary>
public interface IQuoteVenue
{
    /// <summary>The exchange, for example <c>bybit</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Tells quotes until cancelled and connects again whenever the stream is lost; the symbols that it does not have
    /// are left out, with a word in the log.
    /// </summary>
    /// <param name="symbols">Ours, for example BTCUSDT.</param>
    /// <param name="tell">Called with the venue's own time, UTC epoch ms, and the quote; one after the other.</param>
    /// <param name="cancel">Ends it.</param>
    Task RunAsync(IReadOnlyList<Symbol> symbols, Action<long, ExchangeRaw> tell, CancellationToken cancel);
}
