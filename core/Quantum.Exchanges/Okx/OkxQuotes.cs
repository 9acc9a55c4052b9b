using Microsoft.Extensions.Logging;
using Quantum.Exchanges.Quotes;

namespace Quantum.Exchanges.Okx;

/// <summary>Best prices and funding of OKX's perpetual swaps in USDT, from the public stream of API v5.</summary>
public sealed class OkxQuotes(QuoteStreamSettings settings, ILogger<OkxQuotes> log) : IQuoteVenue
{
    /// <summary>Tickers and funding rates.</summary>
    public const string Mainnet = "wss://ws.okx.com:8443/ws/v5/public";

    internal const string VenueCalled = "okx";

    public string Name => VenueCalled;

    public Task RunAsync(IReadOnlyList<Symbol> symbols, Action<long, ExchangeRaw> tell, CancellationToken cancel)
    {
        var names = new VenueNames(VenueCalled, symbols, VenueName.OnOkx, log);
        return new JsonStream(VenueCalled, settings, log).RunAsync(() => new OkxDialect(names, tell, log), cancel);
    }
}
