namespace Quantum.Backtest.Figures;

/// <summary>What one UTC month made.</summary>
/// <param name="Year">For example 2024.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Return">End over the end of the month before, or the start, minus 1; undefined once all is
/// lost.</param>
/// <param name="IsWhole">False for a month that the run covers only in part.</param>
public sealed record MonthReturn(int Year, int Month, Figure Return, bool IsWhole)
{
    internal static IReadOnlyList<MonthReturn> Of(IReadOnlyList<DayEquity> days)
    {
        var months = new List<MonthReturn>();
        foreach (var month in days.GroupBy(day => MonthOf(day.StartMs)))
        {
            var before = month.First().Before;
            var isWhole = month.All(day => day.IsWhole)
                && month.Count() == DateTime.DaysInMonth(month.Key.Year, month.Key.Month);
            months.Add(new(month.Key.Year, month.Key.Month, before > 0
                ? Figure.Of(month.Last().Equity / before - 1)
                : Figure.None("nothing was left"), isWhole));
        }

        return months;
    }

    private static (int Year, int Month) MonthOf(long atMs)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        return (day.Year, day.Month);
    }
}
