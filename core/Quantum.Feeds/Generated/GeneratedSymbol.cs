namespace Quantum.Feeds.Generated;

/// <summary>What a generated market is made of.</summary>
public sealed record GeneratedSymbol
{
    public required Symbol Symbol { get; init; }

    /// <summary>Where the path starts, USDT, above 0.</summary>
    public required decimal StartPrice { get; init; }

    /// <summary>Smallest price step, USDT.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Smallest quantity, base units.</summary>
    public required decimal QuantityStep { get; init; }

    /// <summary>Volatility over that of BTCUSDT.</summary>
    public required double VolatilityFactor { get; init; }

    /// <summary>Mean traded value, USD per second.</summary>
    public required double ValuePerSecondUsd { get; init; }

    /// <summary>Mean distance between bid and ask as a fraction of the price.</summary>
    public required double SpreadFraction { get; init; }

    /// <summary>The symbols that the generator knows, the default ones first.</summary>
    public static IReadOnlyList<GeneratedSymbol> Known { get; } =
    [
        Of("BTCUSDT", 92_400m, 0.1m, 0.001m, 1.0, 150_000, 0.00001),
        Of("ETHUSDT", 3_150m, 0.01m, 0.001m, 1.3, 110_000, 0.00001),
        Of("SOLUSDT", 139m, 0.01m, 0.01m, 1.6, 35_000, 0.00008),
        Of("NEARUSDT", 1.81m, 0.001m, 1m, 1.8, 1_500, 0.0001),
        Of("BNBUSDT", 898m, 0.01m, 0.01m, 1.1, 9_000, 0.00003),
        Of("XRPUSDT", 2.09m, 0.0001m, 0.1m, 1.5, 22_000, 0.00006),
        Of("ADAUSDT", 0.438m, 0.0001m, 1m, 1.7, 5_000, 0.0003),
        Of("DOGEUSDT", 0.147m, 0.00001m, 1m, 1.8, 14_000, 0.0001),
        Of("AVAXUSDT", 14.1m, 0.001m, 1m, 1.7, 4_000, 0.0001),
        Of("LINKUSDT", 14.2m, 0.001m, 0.01m, 1.6, 5_000, 0.0001),
    ];

    /// <summary>What is generated when nothing else is asked for.</summary>
    public static IReadOnlyList<Symbol> Defaults { get; } = [.. Known.Take(5).Select(known => known.Symbol)];

    /// <summary>
    /// The market of a symbol; throws <see cref="FeedException"/> when the generator does not know it.
    /// </summary>
    public static GeneratedSymbol Find(Symbol symbol) => Known.FirstOrDefault(known => known.Symbol == symbol)
        ?? throw new FeedException(
            $"the generated market has no {symbol}; it has {string.Join(", ", Known.Select(known => known.Symbol))}: "
            + $"correct {FeedNames.Symbols}.");

    private static GeneratedSymbol Of(
        string symbol, decimal price, decimal tick, decimal quantity, double volatility, double value, double spread) =>
        new()
        {
            Symbol = Symbol.Parse(symbol), StartPrice = price, TickSize = tick, QuantityStep = quantity,
            VolatilityFactor = volatility, ValuePerSecondUsd = value, SpreadFraction = spread,
        };
}
