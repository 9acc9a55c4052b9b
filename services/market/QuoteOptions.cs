using System.ComponentModel.DataAnnotations;
using Quantum.Exchanges.Bybit;
using Quantum.Exchanges.Okx;

namespace Quantum.Market;

/// <summary>
/// Further venues whose quotes are told beside those of a live feed; one that is away only lowers the count of venues.
/// </summary>
[Section("Quotes")]
public sealed record QuoteOptions
{
    /// <summary>Whose quotes, with commas between: bybit, okx; empty: none.</summary>
    public string Venues { get; set; } = "bybit,okx";

    /// <summary>Bybit's public stream of perpetuals, ws or wss.</summary>
    public string BybitAddress { get; set; } = BybitQuotes.Mainnet;

    /// <summary>OKX's public stream, ws or wss.</summary>
    public string OkxAddress { get; set; } = OkxQuotes.Mainnet;

    /// <summary>A stream without a quote for so long counts as lost.</summary>
    [Range(100, 600_000)] public int SilentAfterMs { get; set; } = 30_000;

    /// <summary>Between two pings to a venue; one without an answer ends the connection.</summary>
    [Range(50, 25_000)] public int PingEveryMs { get; set; } = 15_000;
}
