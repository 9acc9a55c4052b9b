using Quantum.Backtest.Results;

namespace Quantum.Backtest.Figures;

/// <summary>The trades of one symbol, regime, hour or exit reason.</summary>
/// <param name="Key">What they have in common.</param>
/// <param name="Figures">What they made.</param>
public sealed record TradeGroup(string Key, TradeFigures Figures)
{
    /// <summary>Groups by a key, in the order of the keys.</summary>
    public static IReadOnlyList<TradeGroup> By(IEnumerable<ClosedTrade> trades, Func<ClosedTrade, string> key) =>
        [.. trades.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new TradeGroup(group.Key, TradeFigures.Of([.. group])))];

    /// <summary>The UTC hour of the first entry fill, <c>00</c> to <c>23</c>.</summary>
    public static string HourOf(ClosedTrade trade) => DateTimeOffset.FromUnixTimeMilliseconds(trade.EntryAtMs).Hour
        .ToString("00", System.Globalization.CultureInfo.InvariantCulture);
}
