using Microsoft.Extensions.Logging;
using Quantum.Contracts.Units;

namespace Quantum.Binance.Account;

/// <summary>Fees in USD. One in an asset without a price is told as 0, with a warning and a count.</summary>
internal sealed class Fees(Func<string, decimal?>? usdPriceOf, ILogger log)
{
    /// <summary>The worth of an amount, USD; null when the asset's price is not known.</summary>
    public decimal? Usd(string? asset, decimal amount) => amount == 0 ? 0
        : asset is "USDT" or "USDC" ? amount
        : string.IsNullOrEmpty(asset) ? null
        : usdPriceOf?.Invoke(asset) is { } price ? amount * price : null;

    /// <summary>What a fill cost, USD.</summary>
    public decimal OfFill(Symbol symbol, long tradeId, string? asset, decimal amount)
    {
        if (Usd(asset, amount) is { } usd) return usd;
        BinanceMeter.Unpriced.Add(1, new KeyValuePair<string, object?>("asset", asset));
        log.LogWarning(
            "{Symbol}: the fee of fill {Trade}, {Amount} {Asset}, has no price in USD and is told as 0: pay fees in "
            + "USDT, or give the asset's price", symbol, tradeId, amount, asset);
        return 0;
    }
}
