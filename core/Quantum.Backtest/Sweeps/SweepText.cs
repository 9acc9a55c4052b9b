using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>What a sweep found, for a terminal: first what no hindsight helped.</summary>
public static class SweepText
{
    private const int MostTrials = 10;

    public static string Of(SweepPlan plan, SweepResult found)
    {
        var text = new StringBuilder();
        foreach (var warning in found.Warnings) text.AppendLine(CultureInfo.InvariantCulture, $"! {warning.Text}");
        if (found.Warnings.Count > 0) text.AppendLine();
        var settings = plan.Trials.ToDictionary(trial => trial.Number);
        text.AppendLine(CultureInfo.InvariantCulture, $"out of sample, chosen by {plan.Score} of the days before");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"  {"days that judge",-26}{"return",10}{"median",10}{plan.Score,10}{"chosen by",11}{"trades",8}  trial");
        foreach (var choice in found.Choices)
        {
            var span = $"{Said.Day(choice.Window.TestFromMs)} to {Said.Day(choice.Window.TestToMs - 1)}";
            var chosen = choice.Trial is { } number
                ? $"{number}: {string.Join(' ', settings[number].Words)}" : choice.TrainScore.Undefined;
            text.AppendLine(CultureInfo.InvariantCulture, $"  "
                + $"{span,-26}{Part(choice.TestReturn, Said.SignedPercent),10}"
                + $"{Part(choice.MedianTestReturn, Said.SignedPercent),10}{Part(choice.TestScore, Said.Number),10}"
                + $"{Part(choice.TrainScore, Said.Number),11}{choice.TestTrades,8}  {chosen}");
        }

        text.AppendLine();
        Line(text, "out of sample", Summary(found.OutOfSample));
        Line(text, "best in hindsight", Summary(found.Hindsight));
        Line(text, "overfitting", $"probability {Said.Share(found.Overfit.Probability)}, that the chosen one loses "
            + $"{Said.Share(found.Overfit.LossProbability)} ({Said.Count(found.Overfit.Splits)} splits of "
            + $"{Said.Count(found.Trials.Count, "trial", "trials")}{Dropped(found)})");
        Line(text, "deflated Sharpe", $"{Said.Value(found.DeflatedSharpe)} "
            + $"({Said.Count(found.Tried, "trial", "trials")}"
            + (plan.DaysOfFirstRung is { } days && found.Tried > found.Trials.Count
                ? $", their spread by the first runs of {Said.Count(days)} days" : "") + ")");
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"in hindsight, the best of {found.Trials.Count} by "
            + $"{plan.Score} of all days");
        foreach (var line in found.Trials.Take(MostTrials))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Part(line.Score, Said.Number),10}"
                + $"{Said.SignedPercent(line.All.ReturnFraction),12}{line.All.Trades,8} trades  "
                + $"{line.Trial}: {string.Join(' ', line.Settings.Select(pair => $"{pair.Key}={pair.Value}"))}");
        }

        return text.ToString();
    }

    private static string Dropped(SweepResult found) => found.Tried == found.Trials.Count ? ""
        : $" that halving left of {Said.Count(found.Tried)}";

    private static void Line(StringBuilder text, string name, string value) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-20}{value}");

    private static string Summary(PartFigures part) => part.Days == 0 ? "no whole day"
        : $"{Said.SignedPercent(part.ReturnFraction)} in {Said.Count(part.Days, "day", "days")}, "
            + $"{Said.Count(part.Trades, "trade", "trades")}, deepest drawdown {Said.Percent(part.DrawdownFraction)}, "
            + $"Sharpe {Said.Value(part.Sharpe)}";

    private static string Part(Figure figure, Func<double, string> number) =>
        figure.Value is { } value ? number(value) : "-";
}
