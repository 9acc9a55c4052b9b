using Microsoft.Extensions.Logging;
using Quantum.Contracts.Units;

namespace Quantum.Binance.Account;

/// <summary>
/// Fees in USD. One in an asset whose price nobody knows here, as BNB, is told as what a taker pays, with a warning and
/// a count: it was paid, and no trade looks better for it.
/// </summary>
internal sealed class Fees(ILogger log)
{
    // The most that an account without any discount pays, fraction of notional.
    private const decimal TakerFraction = 0.0005m;

    /// <summary>The worth of an amount, USD; null when the asset's price is not known.</summary>
    public static decimal? Usd(string? asset, decimal amount) =>
        amount == 0 ? 0 : asset is "USDT" or "USDC" ? amount : null;

    /// <summary>What a fill cost, USD.</summary>
    /// <param name="symbol">Of which symbol.</param>
    /// <param name="tradeId">The exchange's number of the fill.</param>
    /// <param name="asset">What the fee was paid in.</param>
    /// <param name="amount">How much of it.</param>
    /// <param name="notionalUsd">Price times quantity of the fill, USD.</param>
    public decimal OfFill(Symbol symbol, long tradeId, string? asset, decimal amount, decimal notionalUsd)
    {
        if (Usd(asset, amount) is { } usd) return usd;
        var estimateUsd = notionalUsd * TakerFraction;
        BinanceMeter.Unpriced.Add(1, new KeyValuePair<string, object?>("asset", asset));
        log.LogWarning(
            "{Symbol}: the fee of fill {Trade}, {Amount} {Asset}, has no price in USD and is estimated as {Usd}, what "
            + "a taker pays; the cash will differ by it: switch fees in {Asset} off at the exchange", symbol, tradeId,
            amount, asset, estimateUsd, asset);
        return estimateUsd;
    }
}
