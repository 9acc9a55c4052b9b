using Quantum.Roles.Symbols;

namespace Quantum.Instruments.Reading;

/// <summary>Reads Binance's USD-M <c>leverageBracket</c> and <c>fundingInfo</c>.</summary>
internal static class BracketReader
{
    private const string Mend = "download it again, or leave the symbol out with --without";

    public static FactFile Read(JsonPlace file, IReadOnlyList<JsonPlace> rows, IReadOnlySet<string> without)
    {
        var (tables, left) = (new Dictionary<Symbol, LeverageBrackets>(), new List<LeftOut>());
        foreach (var (row, symbol) in Known(rows, without, left))
            if (!tables.TryAdd(symbol, new LeverageBrackets(Steps(file, row))))
                throw row.Fault("stands there twice", "download it again");
        return new FactFile { Name = file.File, Brackets = tables, Left = left };
    }

    public static FactFile ReadFunding(JsonPlace file, IReadOnlyList<JsonPlace> rows, IReadOnlySet<string> without)
    {
        var (hours, left) = (new Dictionary<Symbol, int>(), new List<LeftOut>());
        foreach (var (row, symbol) in Known(rows, without, left))
            if (!hours.TryAdd(symbol, row.Whole("fundingIntervalHours", 1, 24)))
                throw row.Fault("stands there twice", "download it again");
        return new FactFile { Name = file.File, FundingHours = hours, Left = left };
    }

    private static IEnumerable<(JsonPlace Row, Symbol Symbol)> Known(
        IReadOnlyList<JsonPlace> rows, IReadOnlySet<string> without, List<LeftOut> left)
    {
        foreach (var item in rows)
        {
            var row = item.Row(out var name, out var symbol);
            if (without.Contains(name)) left.Add(new LeftOut(name, "left out as asked"));
            else if (symbol is { } known) yield return (row, known);
            else left.Add(new LeftOut(name, "its name is none that a symbol can have here"));
        }
    }

    private static List<LeverageBracket> Steps(JsonPlace file, JsonPlace row)
    {
        var read = row.Array("brackets").Select(step => (Floor: Floor(file, step), Step: Of(step)))
            .OrderBy(step => step.Floor).ToList();
        var reached = 0m;
        foreach (var (floor, step) in read)
        {
            if (floor != reached)
                throw row.Fault($"a bracket begins at {floor} USD, the one below ends at {reached} USD", Mend);
            reached = step.NotionalCapUsd;
        }

        List<LeverageBracket> steps = [.. read.Select(step => step.Step)];
        return LeverageBrackets.FaultOf(steps) is { } fault ? throw row.Fault(fault, Mend) : steps;
    }

    private static decimal Floor(JsonPlace file, JsonPlace step) => step.Has("qtyCap")
        ? throw file.Fault(
            $"holds the brackets of coin-margined contracts ({step.Symbol})",
            "download the reply of fapi.binance.com /fapi/v1/leverageBracket")
        : step.Number("notionalFloor");

    private static LeverageBracket Of(JsonPlace step) => new(
        step.Number("notionalCap"), step.Whole("initialLeverage", 1, LeverageBrackets.MostLeverage),
        step.Number("maintMarginRatio"));
}
