using Quantum.Contracts.Units;

namespace Quantum.Roles.Symbols;

/// <summary>
/// The filters of every symbol that may be traded. A symbol without a row is unknown, and an unknown symbol is not
/// traded.
/// </summary>
public sealed class SymbolFilterBook
{
    private readonly SortedDictionary<string, SymbolFilters> _rows = new(StringComparer.Ordinal);

    public SymbolFilterBook(IEnumerable<SymbolFilters> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            row.Validate();
            _rows[row.Symbol.Name] = row;
        }
    }

    /// <summary>
    /// The common USD-margined perpetuals, by class; a live system replaces the rows by what its venue tells.
    /// </summary>
    public static SymbolFilterBook Default { get; } = new(DefaultRows());

    public IEnumerable<SymbolFilters> All => _rows.Values;

    /// <summary>The symbol's filters, or null when it is unknown.</summary>
    public SymbolFilters? Find(Symbol symbol) => _rows.GetValueOrDefault(symbol.Name);

    /// <summary>This book with other or further rows.</summary>
    public SymbolFilterBook With(params IEnumerable<SymbolFilters> rows) => new(_rows.Values.Concat(rows));

    private static IEnumerable<SymbolFilters> DefaultRows() =>
    [
        Row("BTCUSDT", 0.1m, 0.001m, 1_000, 100, 125, 0.004m, 0.8),
        Row("ETHUSDT", 0.01m, 0.001m, 10_000, 20, 100, 0.005m, 0.9),
        .. Class(["BNBUSDT", "LTCUSDT", "BCHUSDT"], 0.01m, 0.01m, 100_000, 50, 0.01m, 1),
        .. Class(["SOLUSDT", "AVAXUSDT", "LINKUSDT", "ATOMUSDT"], 0.001m, 0.1m, 1_000_000, 50, 0.01m, 1),
        .. Class(["XRPUSDT", "ADAUSDT", "DOTUSDT", "TRXUSDT"], 0.0001m, 0.1m, 10_000_000, 50, 0.01m, 1),
        .. Class(["DOGEUSDT", "XLMUSDT"], 0.00001m, 1, 50_000_000, 50, 0.01m, 1.1),
        .. Class(["NEARUSDT", "FILUSDT", "INJUSDT", "APTUSDT", "UNIUSDT", "AAVEUSDT"], 0.001m, 0.1m, 1_000_000, 25,
            0.02m, 1.1),
        .. Class(["ARBUSDT", "OPUSDT", "SUIUSDT", "MATICUSDT", "SEIUSDT", "TIAUSDT"], 0.0001m, 0.1m, 10_000_000, 25,
            0.02m, 1.2),
    ];

    private static IEnumerable<SymbolFilters> Class(
        string[] names, decimal tick, decimal step, decimal most, int leverage, decimal maintenance, double risk) =>
        names.Select(name => Row(name, tick, step, most, 5, leverage, maintenance, risk));

    private static SymbolFilters Row(
        string name, decimal tick, decimal step, decimal most, decimal minNotional, int leverage, decimal maintenance,
        double risk) => new()
        {
            Symbol = Symbol.Parse(name),
            TickSize = tick,
            StepSize = step,
            MinQuantity = step,
            MaxQuantity = most,
            MinNotionalUsd = minNotional,
            MaxLeverage = leverage,
            MaintenanceMarginFraction = maintenance,
            SymbolRisk = risk,
        };
}
