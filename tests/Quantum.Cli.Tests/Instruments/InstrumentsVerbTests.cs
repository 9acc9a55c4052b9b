namespace Quantum.Cli.Tests.Instruments;

/// <summary><c>./quantum instruments</c> as its user has it.</summary>
public sealed class InstrumentsVerbTests : IDisposable
{
    private readonly FactFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_import_is_shown_first_and_done_with_yes()
    {
        var target = _folder.Of("book.json");
        var exchange = _folder.Write("e.json", FactFolder.Exchange(
            0, FactFolder.Row("FOOUSDT"), FactFolder.Row("BTCUSDT", tick: "0.5"),
            FactFolder.Row("ETHBTC", quote: "BTC")));
        var shown = CliRun.Of("instruments", "import", exchange, "--out", target);
        Assert.Equal((1, ""), (shown.ExitCode, shown.Errors));
        Assert.Contains("1 added, 0 gone, 1 changed", shown.Output);
        Assert.Contains("added FOOUSDT", shown.Output);
        Assert.Contains("tickSize 0.1 -> 0.5", shown.Output);
        Assert.Contains("left out ETHBTC: quoted in BTC", shown.Output);
        Assert.Contains("leverage 1 and 25 % maintenance margin assumed, for no file tells the brackets of FOOUSDT",
            shown.Output);
        Assert.Contains("--yes replaces " + target, shown.Output);
        Assert.False(File.Exists(target));

        var done = CliRun.Of("instruments", "import", exchange, "--out", target, "--yes");
        Assert.Equal(0, done.ExitCode);
        var facts = CliRun.Of("instruments", "show", "btcusdt", "--book", target, "--json").Json.GetProperty("facts");
        Assert.Equal(
            (0.5m, 150),
            (facts.GetProperty("tickSize").GetDecimal(),
                facts.GetProperty("brackets")[0].GetProperty("maxLeverage").GetInt32()));

        // The second time nothing is left to do, and only what is named stays with --only.
        var again = CliRun.Of("instruments", "import", exchange, "--out", target);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("0 added, 0 gone, 0 changed", again.Output);
        CliRun.Of("instruments", "import", exchange, "--out", target, "--only", "--without", "FOOUSDT", "--yes");
        var list = CliRun.Of("instruments", "list", "--book", target);
        Assert.Equal(0, list.ExitCode);
        Assert.Contains("BTCUSDT", list.Output);
        Assert.DoesNotContain("FOOUSDT", list.Output);
        Assert.Contains("1 instruments, newest of 2026-06-01", list.Output);
    }

    [Fact]
    public void Two_replies_are_compared()
    {
        var older = _folder.Write(
            "o.json", FactFolder.Exchange(0, FactFolder.Row("FOOUSDT"), FactFolder.Row("GONEUSDT")));
        var newer = _folder.Write(
            "n.json.gz", FactFolder.Exchange(1, FactFolder.Row("FOOUSDT", step: "0.01"), FactFolder.Row("NEWUSDT")));
        var run = CliRun.Of("instruments", "diff", older, newer);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 added, 1 gone, 1 changed, 0 the same", run.Output);
        Assert.Contains("changed FOOUSDT: stepSize 0.1 -> 0.01", run.Output);
        var json = CliRun.Of("instruments", "diff", older, newer, "--json").Json;
        Assert.Equal("GONEUSDT", json.GetProperty("gone")[0].GetString());
        Assert.Equal("0.01", json.GetProperty("changed")[0].GetProperty("facts")[0].GetProperty("now").GetString());
        Assert.Equal(0, CliRun.Of("instruments", "diff", older, older).ExitCode);
    }

    [Fact]
    public void What_is_not_there_is_said_with_the_mend()
    {
        var unknown = CliRun.Of("instruments", "show", "NOPEUSDT");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("NOPEUSDT is not in", unknown.Output);
        Assert.Contains("./quantum instruments import FILE", unknown.Output);
        var empty = _folder.Write("x.json", "[]");
        var bad = CliRun.Of("instruments", "import", empty, "--out", _folder.Of("b.json"), "--yes");
        Assert.Equal((2, ""), (bad.ExitCode, bad.Output));
        Assert.Single(bad.Errors.Trim().Split('\n'));
        Assert.Contains("x.json holds no instrument", bad.Errors);
        Assert.False(File.Exists(_folder.Of("b.json")));
    }
}
