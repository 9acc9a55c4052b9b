namespace Quantum.Roles.Ilf;

/// <summary>
/// How risky the ILF takes a symbol to be: a judgement of this system by liquidity, no fact of an exchange.
/// </summary>
public static class SymbolRisks
{
    /// <summary>Of a symbol that nobody judged, 0.5 to 1.5: as the most risky of those that were.</summary>
    public const double OfOthers = 1.2;

    private static readonly SortedDictionary<string, double> s_known = Table();

    /// <summary>0.5 to 1.5; 1 is ordinary, and more lowers the leverage.</summary>
    public static double Of(Symbol symbol) => s_known.GetValueOrDefault(symbol.Name, OfOthers);

    private static SortedDictionary<string, double> Table()
    {
        var table = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["BTCUSDT"] = 0.8, ["ETHUSDT"] = 0.9,
        };
        string[] ordinary =
        [
            "BNBUSDT", "LTCUSDT", "BCHUSDT", "SOLUSDT", "AVAXUSDT", "LINKUSDT", "ATOMUSDT", "XRPUSDT", "ADAUSDT",
            "DOTUSDT", "TRXUSDT",
        ];
        string[] higher =
        [
            "DOGEUSDT", "XLMUSDT", "NEARUSDT", "FILUSDT", "INJUSDT", "APTUSDT", "UNIUSDT", "AAVEUSDT",
        ];
        foreach (var name in ordinary) table[name] = 1;
        foreach (var name in higher) table[name] = 1.1;
        return table;
    }
}
