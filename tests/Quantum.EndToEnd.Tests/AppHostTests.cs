using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>The AppHost from outside: what <c>./quantum up</c> prints and refuses.</summary>
public sealed class AppHostTests(ITestOutputHelper output) : IDisposable
{
    private const int TwoHours = 2 * 60;
    private const string Mend = "./quantum instruments import FILE --yes";
    private static readonly string[] s_keys =
    [
        "streams", "intents", "outcomes", "trades", "orders", "pnlUsd", "pnlFromFillsUsd", "feesUsd", "fundingUsd",
        "maxDrawdownFraction", "candles", "seconds", "deniedByReason", "startEquityUsd", "realizedUsd", "unrealizedUsd",
        "endEquityUsd", "unexplainedUsd", "openPositions", "closingCostUsd", "equityAfterClosingUsd", "alarms",
    ];

    private readonly UpFolder _folder = new();

    [Fact]
    public void A_recording_ends_with_one_json_document_and_an_unknown_symbol_is_only_left_out()
    {
        var market = RecordedMarket.Write(_folder.Path, TwoHours);
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        File.Copy(market.File, Path.Combine(data, "NOPEUSDT.csv"));
        // An entry by hand is what makes a symbol known.
        var entry = Path.Combine(_folder.Path, "instruments.json");
        File.WriteAllText(entry, """
            {"instruments":[{"symbol":"NOPEUSDT","tickSize":0.001,"stepSize":1,"maxQuantity":1000000,
            "minNotionalUsd":5,"brackets":[[50000,20,0.025]]}]}
            """);
        File.Copy(market.File, Path.Combine(data, "OTHERUSDT.csv"));
        using var up = _folder.Up("--data", data, "--speed", "max", "--exit-at-end", "--json", "--instruments", entry);
        Assert.True(up.WaitForEnd(UpFolder.Limit), "did not end: " + up.Error);
        Assert.True(up.ExitCode == 0, $"exit code {up.ExitCode}: {up.Error}");
        using var summary = JsonDocument.Parse(up.Output);
        output.WriteLine(up.Output);
        Assert.Single(Own(up), l => l.StartsWith(
            "quantum up: left without trading: no facts are known of OTHERUSDT (", StringComparison.Ordinal));
        var alarm = Assert.Single(summary.RootElement.GetProperty("alarms").EnumerateArray().ToArray());
        Assert.Contains(Mend, alarm.GetString(), StringComparison.Ordinal);
        foreach (var key in s_keys) Assert.True(summary.RootElement.TryGetProperty(key, out _), $"no '{key}'");
        Assert.Equal(2 * TwoHours, summary.RootElement.GetProperty("candles").GetInt64());
        Assert.Equal(
            StreamCatalog.All.Count(stream => !stream.IsInternal),
            summary.RootElement.GetProperty("streams").EnumerateObject().Count());
    }

    [Fact]
    public async Task After_kill_9_of_the_AppHost_everything_it_started_ends_by_itself()
    {
        using var up = _folder.Up("--symbols", "NEARUSDT");
        Eventually.True(() => up.HasEnded || up.Output.Contains("Ctrl+C", StringComparison.Ordinal), UpFolder.Limit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        var ports = await _folder.PortsAsync(up);
        foreach (var port in ports) Assert.True(await UpFolder.AnswersAsync(port), $"port {port} does not answer");
        up.Kill();
        foreach (var port in ports)
            await Eventually.TrueAsync(async () => !await UpFolder.AnswersAsync(port), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_folder_has_one_owner_and_a_second_run_is_told_who_and_how_to_start_beside_it()
    {
        using var first = _folder.Up("--symbols", "NEARUSDT");
        Eventually.True(
            () => first.HasEnded || File.Exists(Path.Combine(_folder.Run, "run.owner")), UpFolder.Limit);
        using var second = _folder.Up("--symbols", "NEARUSDT");
        Assert.True(second.WaitForEnd(UpFolder.Limit), "did not end: " + second.Output);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains($"another run, process {first.Id}, owns the folder", second.Error, StringComparison.Ordinal);
        Assert.Contains("--folder DIR", second.Error, StringComparison.Ordinal);
        Assert.Single(second.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("--data /nowhere/candles.csv", "'/nowhere/candles.csv' does not exist")]
    [InlineData("--speed max", "--speed is for a recording")]
    [InlineData("--data", "--data needs a value")]
    [InlineData("--mode dream", "Mode 'dream' is not known")]
    [InlineData("--spede 3", "'--spede' is not known")]
    [InlineData("--port abc", "--port 'abc' is no port")]
    [InlineData("--Quantum:Shards=2", "Quantum:Shards is '2': set it to 1, because the limits over all symbols")]
    [InlineData("--Ai:IntervalMs=60000", "Ai:IntervalMs is '60000' and Clm:IntervalMs is not set: give both the same")]
    [InlineData("--mode testnet --symbols BTCUSDT", "--mode testnet sends real orders, which need the exchange's own")]
    [InlineData("--mode sim --data . --exit-at-end", "in mode sim an exchange plays it, and has no end")]
    [InlineData("--data . --standby", "--standby is for a market that goes on whatever happens here")]
    [InlineData("--journal mysql", "--journal 'mysql' is not known")]
    [InlineData("--folder /proc/nowhere", "the folder '/proc/nowhere' cannot be used")]
    public void A_wrong_argument_gives_one_line_and_exit_code_2(string arguments, string expected)
    {
        using var up = _folder.Up(arguments.Split(' '));
        Assert.True(up.WaitForEnd(TimeSpan.FromSeconds(60)), "did not end: " + up.Output);
        Assert.Equal(2, up.ExitCode);
        Assert.Contains(expected, up.Error, StringComparison.Ordinal);
        Assert.Single(up.Error.Trim().Split('\n'));
        Assert.Equal("", up.Output);
    }

    [Fact]
    public void Another_market_in_the_same_folder_ends_the_run_with_the_way_out()
    {
        using (var first = _folder.Up("--symbols", "NEARUSDT"))
        {
            Eventually.True(
                () => first.HasEnded || first.Output.Contains("Ctrl+C", StringComparison.Ordinal), UpFolder.Limit);
            Assert.False(first.HasEnded, first.Output + first.Error);
            first.Interrupt();
            Assert.True(first.WaitForEnd(UpFolder.Limit), "did not stop: " + first.Output);
        }

        using var second = _folder.Up("--symbols", "NEARUSDT", "--edge", "0");
        Assert.True(second.WaitForEnd(UpFolder.Limit), "did not end: " + second.Output + second.Error);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("the run is over because 'market' ended with exit code 2", second.Error,
            StringComparison.Ordinal);
        Assert.Contains("./quantum up --folder DIR", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_candle_ends_the_run_and_is_named()
    {
        var market = RecordedMarket.Write(_folder.Path, 60);
        var lines = File.ReadAllLines(market.File);
        var cells = lines[3].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), "high")] = "abc";
        lines[3] = string.Join(',', cells);
        File.WriteAllLines(market.File, lines);
        using var up = _folder.Up("--data", market.File, "--speed", "max", "--exit-at-end", "--json");
        Assert.True(up.WaitForEnd(UpFolder.Limit), "did not end: " + up.Error);
        Assert.Equal(2, up.ExitCode);
        Assert.Equal("", up.Output);
        Assert.Contains("'market' ended", up.Error, StringComparison.Ordinal);
        Assert.Contains("NEARUSDT.csv, line 4, column high: 'abc'", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbol_without_filters()
    {
        var known = RecordedMarket.Write(_folder.Path, 60);
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        File.Copy(known.File, Path.Combine(data, "NOPEUSDT.csv"));
        using var refused = _folder.Up("--data", data, "--speed", "max", "--exit-at-end", "--json");
        Assert.True(refused.WaitForEnd(UpFolder.Limit), "did not end: " + refused.Error);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        var line = Assert.Single(Own(refused), l => l.Contains("NOPEUSDT", StringComparison.Ordinal));
        Assert.StartsWith("quantum up: nothing of this run can be traded", line, StringComparison.Ordinal);
        Assert.Contains(Mend, line, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Own(ProgramRun run) =>
        [.. run.Error.Split('\n').Where(line => line.StartsWith("quantum up:", StringComparison.Ordinal))];
}
