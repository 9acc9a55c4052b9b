using System.CommandLine;
using System.Globalization;
using Quantum.Cli.Looking;
using Quantum.Contracts.Catalog;
using Quantum.Roles.Positions;

namespace Quantum.Cli.Commands;

/// <summary>What the books hold against what the venue holds.</summary>
internal static class PositionsVerb
{
    private const string Name = "positions";
    private const string Summary = "positions in the books against the venue's: phantom, ghost and unprotected ones";

    private const string Explained = """
        Positions of the executor and the portfolio against the venue's. On paper the simulated venue's own books are
        read; elsewhere the executor's record is, which it compares with the venue itself every half minute.

        PHANTOM      a book holds what the venue does not
        GHOST        the venue holds what a book does not
        DIFFERENT    both hold it, in different quantities
        UNPROTECTED  no stop rests on the venue and no close is under way
        FOREIGN      this system did not open it; ./quantum adopt takes it over

        Exit code: 0 all agree, 1 findings, 2 could not look.

        Examples:
          ./quantum positions
          ./quantum positions --json
        """;

    public static Command Create()
    {
        var (redis, json) = (CommonOptions.Redis(), CommonOptions.Json());
        var command = new Command(Name, Explained) { redis, json };
        command.SetAction(parsed =>
        {
            using var look = new QuantumRedis(parsed.GetValue(redis));
            look.RequireMark();
            var positions = Positions(look);
            if (parsed.GetValue(json)) JsonText.Print(new { positions });
            else Show(positions);
            return positions.All(p => p.Findings.Count == 0) ? ExitCode.Healthy : ExitCode.Findings;
        });
        return command;
    }

    private static List<Position> Positions(QuantumRedis look)
    {
        var executor = look.Books(RoleNames.Executor, BookedPosition.ExecutorField, BookedPosition.OfExecutor);
        var portfolio = look.Books(RoleNames.Portfolio, BookedPosition.PortfolioField, BookedPosition.OfPortfolio);
        var isSimulated = look.Mode == "paper";
        var venue = isSimulated
            ? look.Books(RoleNames.SimVenue, BookedPosition.VenueField, BookedPosition.OfVenue)
            : [];
        var positions = new List<Position>();
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
            string[] findings =
            [
                .. Compare("executor", traded, held), .. Compare("portfolio", booked, traded == told ? held : told),
                .. book is { IsProtected: false } ? ["UNPROTECTED"] : Array.Empty<string>(),
                .. foreign != 0 ? [$"FOREIGN {Text(foreign)}"] : Array.Empty<string>(),
            ];
            positions.Add(new Position(
                symbol, traded, booked, held, book?.EntryPrice, book?.Leverage, book?.StopPrice,
                book?.LiquidationPrice, ProtectionOf(book, look.SystemNowMs()), findings));
        }

        return positions;
    }

    private static IEnumerable<string> Compare(string book, decimal booked, decimal held)
    {
        if (booked == held) return [];
        if (held == 0) return [$"PHANTOM in {book}"];
        return booked == 0 ? [$"GHOST to {book}"] : [$"DIFFERENT in {book}"];
    }

    private static void Show(List<Position> positions)
    {
        if (positions.Count == 0)
        {
            Console.Out.WriteLine("no positions");
            return;
        }

        ShownText.Table(Console.Out,
        [
            ["symbol", "executor", "portfolio", "venue", "entry", "leverage", "stop", "protected", "findings"],
            .. positions.Select(p => new[]
            {
                p.Symbol, Text(p.Executor), Text(p.Portfolio), Text(p.Venue), Text(p.EntryPrice), Text(p.Leverage),
                Text(p.StopPrice), p.Protection ?? "", string.Join(", ", p.Findings),
            }),
        ]);
    }

    // By the venue's own confirmation of a stop for the full quantity.
    private static string? ProtectionOf(BookedPosition? book, long nowMs) => book switch
    {
        { ProtectedSinceMs: { } since } => FormattableString.Invariant($"for {Math.Max(0, nowMs - since) / 1000} s"),
        { UnprotectedSinceMs: { } since } =>
            FormattableString.Invariant($"not for {Math.Max(0, nowMs - since) / 1000} s"),
        _ => null,
    };

    private static string Text(decimal? value) => value?.ToString("0.########", CultureInfo.InvariantCulture) ?? "";

    /// <summary>One symbol in all books; signed base quantities, prices in quote currency.</summary>
    private sealed record Position(
        string Symbol, decimal Executor, decimal Portfolio, decimal Venue, decimal? EntryPrice, int? Leverage,
        decimal? StopPrice, decimal? LiquidationPrice, string? Protection, IReadOnlyList<string> Findings);
}
