using Quantum.Cli.Looking;

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
        FOREIGN      this system did not open it; ./quantum adopt SYMBOL --reason … takes it over

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

    private static List<Position> Positions(QuantumRedis look) =>
    [
        .. from known in ComparedPosition.All(look)
           select new Position(
               known.Symbol, known.Executor, known.Portfolio, known.Venue, known.Book?.EntryPrice,
               known.Book?.Leverage, known.Book?.StopPrice, known.Book?.LiquidationPrice,
               known.ProtectionAt(look.SystemNowMs()), known.Findings),
    ];

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

    private static string Text(decimal? value) => value?.ToString("0.########", CultureInfo.InvariantCulture) ?? "";

    /// <summary>One symbol in all books; signed base quantities, prices in quote currency.</summary>
    private sealed record Position(
        string Symbol, decimal Executor, decimal Portfolio, decimal Venue, decimal? EntryPrice, int? Leverage,
        decimal? StopPrice, decimal? LiquidationPrice, string? Protection, IReadOnlyList<string> Findings);
}
