using Microsoft.Extensions.Logging;
using Quantum.Exchanges.Quotes;

namespace Quantum.Exchanges.Bybit;

/// <summary>Best prices and funding of Bybit's perpetuals in USDT, from the public stream of API v5.</summary>
public sealed class BybitQuotes(QuoteStreamSettings settings, ILogger<BybitQuotes> log) : IQuoteVenue
{
    /// <summary>Perpetuals in USDT and USDC.</summary>
    public const string Mainnet = "wss://stream.bybit.com/v5/public/linear";

    internal const string VenueCalled = "bybit";

    public string Name => VenueCalled;

    public Task RunAsync(IReadOnlyList<Symbol> symbols, Action<long, ExchangeRaw> tell, CancellationToken cancel)
    {
        var names = new VenueNames(VenueCalled, symbols, VenueName.OnBybit, log);
        return new JsonStream(VenueCalled, settings, log).RunAsync(() => new BybitDialect(names, tell, log), cancel);
    }
}
