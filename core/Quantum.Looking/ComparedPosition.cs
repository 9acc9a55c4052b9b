using Quantum.Roles.Positions;

namespace Quantum.Looking;

/// <summary>
/// One symbol in all books: on paper the simulated venue's own book is the venue, elsewhere the executor's record is,
/// which it compares with the venue itself. Signed base quantities, prices in quote currency.
/// </summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Executor">What the executor holds.</param>
/// <param name="Portfolio">What the portfolio holds.</param>
/// <param name="Venue">What the venue holds.</param>
/// <param name="Book">The executor's book; null when it has none.</param>
/// <param name="Findings">PHANTOM, GHOST, DIFFERENT, UNPROTECTED, FOREIGN; empty when all agree.</param>
public sealed record ComparedPosition(
    string Symbol, decimal Executor, decimal Portfolio, decimal Venue, BookedPosition? Book,
    IReadOnlyList<string> Findings)
{
    /// <summary>Every symbol of which one book holds something, by name.</summary>
    public static IReadOnlyList<ComparedPosition> All(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var executor = look.Books(RoleNames.Executor, BookedPosition.ExecutorField, BookedPosition.OfExecutor);
        var portfolio = look.Books(RoleNames.Portfolio, BookedPosition.PortfolioField, BookedPosition.OfPortfolio);
        var isSimulated = look.Mode == "paper";
        var venue = isSimulated
            ? look.Books(RoleNames.SimVenue, BookedPosition.VenueField, BookedPosition.OfVenue)
            : [];
        var positions = new List<ComparedPosition>();
        var symbols = executor.Keys.Concat(portfolio.Keys).Concat(venue.Keys).Distinct();
        foreach (var symbol in symbols.Order(StringComparer.Ordinal))
        {
            var book = executor.GetValueOrDefault(symbol);
            var traded = book?.Quantity ?? 0;
            var booked = portfolio.GetValueOrDefault(symbol)?.Quantity ?? 0;
            var held = isSimulated ? venue.GetValueOrDefault(symbol)?.Quantity ?? 0 : traded;
            var foreign = book?.ForeignQuantity ?? 0;
            if (traded == 0 && booked == 0 && held == 0 && foreign == 0) continue;
            // Fills wait for the end of their order before they are told: until then the portfolio is behind by design.
            var told = book?.ToldQuantity ?? 0;
            positions.Add(new ComparedPosition(symbol, traded, booked, held, book,
            [
                .. Compare("executor", traded, held), .. Compare("portfolio", booked, traded == told ? held : told),
                .. book is { IsProtected: false } ? ["UNPROTECTED"] : Array.Empty<string>(),
                .. foreign != 0 ? [$"FOREIGN {Text(foreign)}"] : Array.Empty<string>(),
            ]));
        }

        return positions;
    }

    /// <summary>
    /// Since when the venue confirms a stop for the full quantity, or since when it does not, in words; null when
    /// nothing is told.
    /// </summary>
    public string? ProtectionAt(long nowMs) => Book switch
    {
        { ProtectedSinceMs: { } since } => FormattableString.Invariant($"for {Math.Max(0, nowMs - since) / 1000} s"),
        { UnprotectedSinceMs: { } since } =>
            FormattableString.Invariant($"not for {Math.Max(0, nowMs - since) / 1000} s"),
        _ => null,
    };

    private static IEnumerable<string> Compare(string book, decimal booked, decimal held)
    {
        if (booked == held) return [];
        if (held == 0) return [$"PHANTOM in {book}"];
        return booked == 0 ? [$"GHOST to {book}"] : [$"DIFFERENT in {book}"];
    }

    private static string Text(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
