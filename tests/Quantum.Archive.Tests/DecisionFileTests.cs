using Quantum.Replay;

namespace Quantum.Archive.Tests;

/// <summary>What two builds decide is compared input by input, whichever of them decided nothing.</summary>
public sealed class DecisionFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-decisions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_decision_is_the_same_changed_or_of_one_build_alone()
    {
        var before = Written("before",
            Of("ai_engine", 1, "trade.intent", "1"), Of("ai_engine", 3, "trade.intent", "2"),
            Of("ai_engine", 10, "trade.intent", "3"), Of("executor", 2, "order.command", "4"));
        var now = Written("now",
            Of("ai_engine", 1, "trade.intent", "1"), Of("ai_engine", 2, "trade.intent", "9"),
            Of("ai_engine", 10, "trade.intent", "3.5"), Of("executor", 2, "order.command", "4"),
            Of("executor", 5, "order.command", "5"));
        var diff = new DecisionDiff();
        foreach (var input in DecisionFile.Compare(before, now)) diff.Add(input);
        var report = diff.Report();
        Assert.Equal((2, 4), (report.Same, report.Different));
        var ai = report.Kinds.Single(kind => kind.Role == "ai_engine");
        Assert.Equal((1L, 1L, 1L, 1L), (ai.Same, ai.Changed, ai.OnlyBefore, ai.OnlyNow));
        var first = Assert.Single(report.First);
        Assert.Equal(("NEARUSDT", 2_000L), (first.Symbol, first.AtMs));
        Assert.Null(first.Before);
        Assert.Equal("9", first.Now!["size"]);
        Assert.Equal("ai_engine 2", first.Source);
        Assert.Equal(1_000.0 * 4 / 6, report.DifferPer1000, 6);
    }

    [Fact]
    public void A_line_that_is_none_is_named()
    {
        var path = Path.Combine(_folder, "broken");
        File.WriteAllText(path, "{}}\n");
        var fault = Assert.Throws<ArchiveException>(() => DecisionFile.Compare(path, path).Count());
        Assert.Contains($"{path}, line 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_trades_made_whose_intents_are_others_now_is_told()
    {
        var diff = new DecisionDiff();
        // As roles come: the trades that ExitBrain closed before the intents that opened them.
        diff.Add(Both("exitbrain", 1, Trade("kept", "5"), Trade("kept", "5")));
        diff.Add(Both("exitbrain", 2, Trade("changed", "-3.5"), Trade("changed", "-3.5")));
        diff.Add(Both("exitbrain", 3, Trade("gone", "2"), Trade("gone", "2")));
        diff.Add(Both("trading_bot", 1, Intent("kept", "10"), Intent("kept", "10")));
        diff.Add(Both("trading_bot", 2, Intent("changed", "10"), Intent("changed", "20")));
        diff.Add(Both("trading_bot", 3, Intent("gone", "10"), null));
        diff.Add(Both("trading_bot", 4, null, Intent("new", "10")));
        // One that never became a trade.
        diff.Add(Both("trading_bot", 5, Intent("denied", "10"), null));
        var report = diff.Report();
        Assert.Equal((3, 3.5m), (report.Trades, report.TradesUsd));
        Assert.Equal((2, -1.5m), (report.DoubtfulTrades, report.DoubtfulTradesUsd));
        Assert.Equal((4L, 1L), (report.Different, report.NewIntents));
    }

    [Fact]
    public void Symbols_behind_the_first_fifty_are_counted()
    {
        var diff = new DecisionDiff();
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < 53; i++)
                diff.Add(Both("ai_engine", i, new Decision("trade.intent", [new("symbol", $"S{i}USDT")]), null));
        Assert.Equal((50, 3), (diff.Report().First.Count, diff.Report().MoreSymbols));
    }

    private static ReplayedInput Both(string role, long number, Decision? before, Decision? now) => new(
        role, number, $"{role} {number}", number * 1_000, [], now is null ? [] : [now], before is null ? [] : [before]);

    private static Decision Trade(string correlation, string pnl) =>
        new("trade.closed", [new("correlation_id", correlation), new("pnl_usd", pnl)]);

    private static Decision Intent(string correlation, string size) =>
        new("trade.intent", [new("correlation_id", correlation), new("size", size)]);

    private static ReplayedInput Of(string role, long number, string stream, string size) => new(
        role, number, $"{role} {number}", number * 1_000, [new("in", "put")],
        [new Decision(stream, [new("symbol", "NEARUSDT"), new("size", size)])], []);

    private string Written(string name, params ReplayedInput[] inputs)
    {
        var path = Path.Combine(_folder, name);
        using var file = new StreamWriter(path);
        foreach (var input in inputs) DecisionFile.Write(file, input);
        return path;
    }
}
