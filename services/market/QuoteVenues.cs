using Quantum.Exchanges;
using Quantum.Exchanges.Bybit;
using Quantum.Exchanges.Okx;
using Quantum.Exchanges.Quotes;
using Quantum.Hosting;

namespace Quantum.Market;

/// <summary>The venues that the settings name.</summary>
public static class QuoteVenues
{
    /// <summary>
    /// How each is made; throws <see cref="StartupException"/> of one line that names a wrong setting and the mend.
    /// </summary>
    public static IReadOnlyList<Func<ILoggerFactory, IQuoteVenue>> Read(QuoteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. options.Venues.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(StringComparer.OrdinalIgnoreCase).Select(name => Read(name, options)),
        ];
    }

    private static Func<ILoggerFactory, IQuoteVenue> Read(string name, QuoteOptions options)
    {
        switch (name.ToUpperInvariant())
        {
            case "BYBIT":
                var bybit = StreamAt(options, nameof(options.BybitAddress), options.BybitAddress);
                return logs => new BybitQuotes(bybit, logs.CreateLogger<BybitQuotes>());
            case "OKX":
                var okx = StreamAt(options, nameof(options.OkxAddress), options.OkxAddress);
                return logs => new OkxQuotes(okx, logs.CreateLogger<OkxQuotes>());
            default:
                throw new StartupException($"Quotes:Venues holds '{name}': use bybit and okx, or leave it empty.");
        }
    }

    private static QuoteStreamSettings StreamAt(QuoteOptions options, string setting, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("ws" or "wss")
            ? new QuoteStreamSettings
            {
                Address = uri, SilentAfter = TimeSpan.FromMilliseconds(options.SilentAfterMs),
                PingEvery = TimeSpan.FromMilliseconds(options.PingEveryMs),
            }
            : throw new StartupException($"Quotes:{setting} is '{address}': give an address of ws or wss.");
}
