namespace Quantum.Exchanges.Quotes;

/// <summary>What a venue may call one of our symbols.</summary>
/// <param name="Symbol">Ours, for example 1000PEPEUSDT.</param>
/// <param name="Name">The venue's, for example PEPE-USDT-SWAP.</param>
/// <param name="Scale">Our price over the venue's, above 0: 1000 where ours is of a thousand coins.</param>
internal sealed record VenueName(Symbol Symbol, string Name, decimal Scale)
{
    private const string Quote = "USDT";
    private const long Million = 1_000_000;

    private static readonly long[] s_lots = [1_000, 10_000, 100_000, Million];

    /// <summary>
    /// What Bybit may call it, the likeliest first: as we do, with the number of coins behind the coin (SHIB1000USDT),
    /// or by another number of coins. None when it is not margined in USDT.
    /// </summary>
    public static IReadOnlyList<VenueName> OnBybit(Symbol symbol)
    {
        if (Split(symbol) is not var (coin, lot)) return [];
        if (lot == 1) return [new VenueName(symbol, symbol.Name, 1)];
        VenueName[] names =
        [
            new(symbol, symbol.Name, 1), new(symbol, Text(lot) + coin + Quote, 1),
            new(symbol, coin + Text(lot) + Quote, 1),
            .. s_lots.Where(other => other != lot)
                .Select(other => new VenueName(symbol, Text(other) + coin + Quote, (decimal)lot / other)),
            new(symbol, coin + Quote, lot),
        ];
        return [.. names.DistinctBy(name => name.Name)];
    }

    /// <summary>What OKX calls it: always by the single coin.</summary>
    public static IReadOnlyList<VenueName> OnOkx(Symbol symbol) => Split(symbol) is var (coin, lot)
        ? [new VenueName(symbol, $"{coin}-{Quote}-SWAP", lot)]
        : [];

    /// <summary>Coin and how many of them one contract is of; null when it is not margined in USDT.</summary>
    private static (string Coin, long Lot)? Split(Symbol symbol)
    {
        var name = symbol.Name;
        if (!name.EndsWith(Quote, StringComparison.Ordinal) || name.Length == Quote.Length) return null;
        var coin = name[..^Quote.Length];
        foreach (var lot in s_lots.Reverse())
            if (Without(Text(lot)) is { } rest) return (rest, lot);
        return Without("1M") is { } ofMillion ? (ofMillion, Million) : (coin, 1);

        // Behind the number a name begins, not further digits.
        string? Without(string lot) => coin.Length > lot.Length && coin.StartsWith(lot, StringComparison.Ordinal)
            && !char.IsAsciiDigit(coin[lot.Length]) ? coin[lot.Length..] : null;
    }

    private static string Text(long lot) => lot.ToString(CultureInfo.InvariantCulture);
}
