namespace Quantum.Backtest.Figures;

/// <summary>The figures as lines for a terminal.</summary>
public static class FiguresText
{
    private const int NameWidth = 28;

    /// <summary>Warnings first, then account and trades, their groups, the refusals and what holding would have made.
    /// </summary>
    public static string Of(BacktestFigures figures)
    {
        var text = new StringBuilder();
        foreach (var warning in figures.Warnings) text.AppendLine($"! {warning.Text}");
        if (figures.Warnings.Count > 0) text.AppendLine();
        foreach (var (name, value) in FigureLines.Of(figures)) text.AppendLine(name.PadRight(NameWidth) + value);
        Groups(text, "by symbol", figures.BySymbol);
        Groups(text, "by regime at entry", figures.ByRegime);
        Groups(text, "by hour of entry (UTC)", figures.ByHour);
        Groups(text, "by exit", figures.ByExit);
        text.AppendLine().AppendLine("beside it");
        foreach (var (name, value) in FigureLines.Beside(figures)) text.AppendLine($"  {name,-26}{value}");
        text.AppendLine().AppendLine("refusals");
        if (figures.Refusals.Count == 0) text.AppendLine("  none");
        foreach (var line in figures.Refusals)
        {
            var meaning = line.Meaning is null ? "" : $", {line.Meaning}";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {Said.Count(line.Count),12}  {line.Gate}: {line.ReasonCode}{meaning}");
        }

        return text.ToString();
    }

    private static void Groups(StringBuilder text, string title, IReadOnlyList<TradeGroup> groups)
    {
        if (groups.Count == 0) return;
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"{title,-26}{"trades",8}{"won",10}{"net USD",14}{"R",8}");
        foreach (var (key, made) in groups)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {key,-24}{made.Trades,8}"
                + $"{(made.WinRate.Value is { } rate ? Said.Percent(rate) : "-"),10}{Said.Usd(made.NetUsd),14}"
                + $"{(made.ExpectancyR.Value is { } mean ? Said.Number(mean) : "-"),8}");
        }
    }
}
