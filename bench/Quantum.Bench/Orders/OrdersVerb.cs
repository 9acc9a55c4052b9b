namespace Quantum.Bench.Orders;

/// <summary>
/// `orders`: what becomes of orders while everything on their way fails. Real processes, the venue's truth beside what
/// the executor told. Exit code 1 when an order was sent twice, lost or left without an end, or a position without a
/// stop for longer than is allowed.
/// </summary>
internal static class OrdersVerb
{
    private const int MostShown = 40;

    public static int Run(string[] given)
    {
        if (OrdersOptions.TryParse(given, out var options) is { } fault) return Program.Usage(fault);
        using var run = new OrdersRun(options);
        var report = run.Run();
        foreach (var row in report.Table()) Console.Error.WriteLine(row);
        foreach (var (end, times) in report.Ends) Console.Error.WriteLine($"  {end,-44} {times,8}");
        Console.Error.WriteLine(FormattableString.Invariant(
            $"longest without its stop: {report.LongestUnprotected.TotalSeconds:0.0} s ({report.LongestSymbol}), ")
            + FormattableString.Invariant(
                $"{report.Looks} looks; limits of a minute and of volume were set out of the way"));
        foreach (var finding in report.Findings.Take(MostShown))
            Console.Error.WriteLine($"  {finding.Kind}: {finding.Words}");
        if (report.Findings.Count > MostShown)
            Console.Error.WriteLine($"  and {report.Findings.Count - MostShown} more");
        Figure.Print(report.Figures(), options.Json);
        return report.IsClean ? 0 : 1;
    }
}
