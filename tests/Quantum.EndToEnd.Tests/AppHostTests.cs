using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>The AppHost from outside: what <c>./quantum up</c> prints, and how it ends.</summary>
public sealed class AppHostTests(ITestOutputHelper output) : IDisposable
{
    private const int SixHours = 6 * 60;
    private static readonly TimeSpan s_runLimit = TimeSpan.FromSeconds(240);
    private static readonly string[] s_keys =
    [
        "streams", "intents", "outcomes", "trades", "orders", "pnlUsd", "pnlFromFillsUsd", "feesUsd", "fundingUsd",
        "maxDrawdownFraction", "candles", "seconds", "deniedByReason", "startEquityUsd", "realizedUsd", "unrealizedUsd",
        "endEquityUsd", "unexplainedUsd", "openPositions", "closingCostUsd", "equityAfterClosingUsd", "alarms",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-up-").FullName;

    [Fact]
    public void A_recording_ends_with_one_json_document()
    {
        var market = RecordedMarket.Write(_folder, SixHours);
        using var up = Up("--data", market.File, "--speed", "max", "--exit-at-end", "--json");
        Assert.True(up.WaitForEnd(s_runLimit), "did not end: " + up.Error);
        Assert.True(up.ExitCode == 0, $"exit code {up.ExitCode}: {up.Error}");
        using var summary = JsonDocument.Parse(up.Output);
        output.WriteLine(up.Output);
        foreach (var key in s_keys) Assert.True(summary.RootElement.TryGetProperty(key, out _), $"no '{key}'");
        Assert.Equal(SixHours, summary.RootElement.GetProperty("candles").GetInt64());
        Assert.Equal(21, summary.RootElement.GetProperty("streams").EnumerateObject().Count());
    }

    [Fact]
    public async Task Ctrl_c_stops_everything_within_ten_seconds()
    {
        using var up = Up("--symbols", "NEARUSDT");
        Eventually.True(() => up.HasEnded || up.Output.Contains("Ctrl+C", StringComparison.Ordinal), s_runLimit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        Assert.Contains("Quantum runs. Mode paper", up.Output, StringComparison.Ordinal);
        Assert.Matches(@"Console: +http://", up.Output);
        Assert.Matches(@"Dashboard: http://127\.0\.0\.1:[0-9]+/login\?t=[0-9a-f]+", up.Output);
        Assert.Contains("a generated market", up.Output, StringComparison.Ordinal);
        var ports = await PortsAsync(up);
        var clock = Stopwatch.StartNew();
        up.Interrupt();
        Assert.True(up.WaitForEnd(TimeSpan.FromSeconds(60)), "did not stop: " + up.Output);
        output.WriteLine($"stopped after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(clock.Elapsed <= TimeSpan.FromSeconds(10),
            $"stopping took {clock.Elapsed.TotalSeconds:0.0} s:\n{up.Output}");
        Assert.Equal(0, up.ExitCode);
        // Whoever starts again at once finds the ports free.
        foreach (var port in ports) Assert.False(await AnswersAsync(port), $"port {port} still answers");
    }

    [Fact]
    public async Task After_kill_9_of_the_AppHost_everything_it_started_ends_by_itself()
    {
        using var up = Up("--symbols", "NEARUSDT");
        Eventually.True(() => up.HasEnded || up.Output.Contains("Ctrl+C", StringComparison.Ordinal), s_runLimit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        var ports = await PortsAsync(up);
        foreach (var port in ports) Assert.True(await AnswersAsync(port), $"port {port} does not answer");
        up.Kill();
        foreach (var port in ports)
            await Eventually.TrueAsync(async () => !await AnswersAsync(port), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_folder_has_one_owner_and_a_second_run_is_told_who_and_how_to_start_beside_it()
    {
        using var first = Up("--symbols", "NEARUSDT");
        Eventually.True(
            () => first.HasEnded || File.Exists(Path.Combine(_folder, "run", "run.owner")), s_runLimit);
        using var second = Up("--symbols", "NEARUSDT");
        Assert.True(second.WaitForEnd(s_runLimit), "did not end: " + second.Output);
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
    [InlineData("--journal mysql", "--journal 'mysql' is not known")]
    [InlineData("--folder /proc/nowhere", "the folder '/proc/nowhere' cannot be used")]
    public void A_wrong_argument_gives_one_line_and_exit_code_2(string arguments, string expected)
    {
        using var up = Up(arguments.Split(' '));
        Assert.True(up.WaitForEnd(TimeSpan.FromSeconds(60)), "did not end: " + up.Output);
        Assert.Equal(2, up.ExitCode);
        Assert.Contains(expected, up.Error, StringComparison.Ordinal);
        Assert.Single(up.Error.Trim().Split('\n'));
        Assert.Equal("", up.Output);
    }

    [Fact]
    public void A_malformed_candle_ends_the_run_and_is_named()
    {
        var market = RecordedMarket.Write(_folder, 60);
        var lines = File.ReadAllLines(market.File);
        var cells = lines[3].Split(',');
        cells[Array.IndexOf(lines[0].Split(','), "high")] = "abc";
        lines[3] = string.Join(',', cells);
        File.WriteAllLines(market.File, lines);
        using var up = Up("--data", market.File, "--speed", "max", "--exit-at-end", "--json");
        Assert.True(up.WaitForEnd(s_runLimit), "did not end: " + up.Error);
        Assert.Equal(1, up.ExitCode);
        Assert.Equal("", up.Output);
        Assert.Contains("'market' ended", up.Error, StringComparison.Ordinal);
        Assert.Contains("NEARUSDT.csv, line 4, column high: 'abc'", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbol_without_filters()
    {
        var known = RecordedMarket.Write(_folder, 60);
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        File.Copy(known.File, Path.Combine(data, "NOPEUSDT.csv"));
        const string Mend = "./quantum instruments import FILE --yes";
        using (var refused = Up("--data", data, "--speed", "max", "--exit-at-end", "--json"))
        {
            Assert.True(refused.WaitForEnd(s_runLimit), "did not end: " + refused.Error);
            Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
            var line = Assert.Single(Own(refused), l => l.Contains("NOPEUSDT", StringComparison.Ordinal));
            Assert.StartsWith("quantum up: nothing of this run can be traded", line, StringComparison.Ordinal);
            Assert.Contains(Mend, line, StringComparison.Ordinal);
        }

        // The mend works: an entry by hand; and beside a symbol that is known the unknown one is only left out.
        var entry = Path.Combine(_folder, "instruments.json");
        File.WriteAllText(entry, """
            {"instruments":[{"symbol":"NOPEUSDT","tickSize":0.001,"stepSize":1,"maxQuantity":1000000,
            "minNotionalUsd":5,"brackets":[[50000,20,0.025]]}]}
            """);
        File.Copy(known.File, Path.Combine(data, "OTHERUSDT.csv"));
        // A run of its own: what was told of the other one stays with that.
        var folder = "--Run:Folder=" + Path.Combine(_folder, "second");
        using var up = Up("--data", data, "--speed", "max", "--exit-at-end", "--json", "--instruments", entry, folder);
        Assert.True(up.WaitForEnd(s_runLimit), "did not end: " + up.Error);
        Assert.True(up.ExitCode == 0, $"exit code {up.ExitCode}: {up.Error}");
        Assert.Single(Own(up), l => l.StartsWith(
            "quantum up: left without trading: no facts are known of OTHERUSDT (", StringComparison.Ordinal));
        using var summary = JsonDocument.Parse(up.Output);
        var alarm = Assert.Single(summary.RootElement.GetProperty("alarms").EnumerateArray().ToArray());
        Assert.Contains(Mend, alarm.GetString(), StringComparison.Ordinal);

        static string[] Own(ProgramRun run) =>
            [.. run.Error.Split('\n').Where(line => line.StartsWith("quantum up:", StringComparison.Ordinal))];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The console's and Redis's: one of the first and the last that are started.
    private async Task<int[]> PortsAsync(ProgramRun up) =>
    [
        int.Parse(Regex.Match(up.Output, "Console: +http://localhost:([0-9]+)").Groups[1].Value),
        int.Parse(Regex.Match(
            await File.ReadAllTextAsync(Path.Combine(_folder, "run", "connection")), ":([0-9]+),").Groups[1].Value),
    ];

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private ProgramRun Up(params string[] arguments) => new(
        BuiltProgram.AppHost, arguments, new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Run__Folder"] = Path.Combine(_folder, "run"),
            ["Redis__Source"] = "local",
            ["Console__Port"] = "",
        });
}
