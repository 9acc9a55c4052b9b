using System.Globalization;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum backtest`: a whole run in one process, without a Redis and without a service.</summary>
public sealed class BacktestVerbTests : IDisposable
{
    private const long Start = 1_764_892_800_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-backtest-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_recording_is_played_and_told_as_one_document_and_one_page()
    {
        Write("BTCUSDT.csv", Minutes(180));
        var report = Path.Combine(_folder, "out.html");
        var run = CliRun.Of(
            "backtest", "--data", _folder, "--json", "--report", report, "--set",
            "Ai:Cost:TakerFeeFraction+SimVenue:TakerFeeFraction=0.001");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(180, run.Json.GetProperty("assumptions").GetProperty("candles").GetInt64());
        Assert.Equal(0.001, run.Json.GetProperty("assumptions").GetProperty("takerFeeFraction").GetDouble());
        Assert.Equal(64, run.Json.GetProperty("streamHash").GetString()!.Length);
        Assert.True(run.Json.TryGetProperty("figures", out _));
        Assert.NotEqual(0, run.Json.GetProperty("curve").GetArrayLength());
        Assert.StartsWith("<!doctype html>", File.ReadAllText(report), StringComparison.Ordinal);
        var text = CliRun.Of("backtest", "--data", _folder, "--progress");
        Assert.Equal(0, text.ExitCode);
        // For programs: how far it is, line by line.
        Assert.All(text.Errors.TrimEnd().Split('\n'), line => Assert.StartsWith("{\"atMs\":", line));
        Assert.Contains("\"done\":1,\"candles\":", text.Errors);
        Assert.Contains("Sharpe", text.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', text.Output + text.Errors);
    }

    [Theory]
    [InlineData("--set", "Executor:MaxAttempts=0", "Executor:MaxAttempts is 0: set it to 1 or more")]
    [InlineData("--set", "Nobody:Knows=1", "no section 'Nobody'")]
    [InlineData("--set", "OrderLane:Nonsense=zz", "--set OrderLane:Nonsense=zz would change nothing: a backtest reads")]
    [InlineData("--set", "Feed:Speed=2", "--set Feed:Speed=2 would change nothing")]
    [InlineData("--settings", "there-is-none.json", "there is no such settings file")]
    [InlineData("--symbols", "ETHUSDT", "there is no file of ETHUSDT")]
    [InlineData("--symbols", "ETHUSDT", ": correct --symbols.")]
    [InlineData("--set", "Feed:Symbols=ETHUSDT", ": correct Feed:Symbols.")]
    [InlineData("--set", "Feed:From=soon", "quantum: Feed:From is 'soon'")]
    [InlineData("--from", "2026-99-99", "quantum: --from is '2026-99-99'")]
    [InlineData("--report", "no/such/folder/out.html", "there is no folder")]
    public void What_cannot_be_is_one_line_before_anything_runs(string option, string value, string told)
    {
        Write("BTCUSDT.csv", Minutes(3));
        var run = CliRun.Of("backtest", "--data", _folder, option, value);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Bad_data_is_named_with_file_and_line()
    {
        Write("BTCUSDT.csv", [.. Minutes(2), $"{Start + 120_000},100,99,98,101,1"]);
        var run = CliRun.Of("backtest", "--data", _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("BTCUSDT.csv, line 4, column open", run.Errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Minutes(int count) => Enumerable.Range(0, count).Select(minute =>
    {
        var price = 92_000 + 40 * Math.Round(Math.Sin(minute / 9.0), 2);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Start + minute * 60_000L},{price},{price + 20},{price - 20},{price + 5},12");
    });

    private void Write(string name, params IEnumerable<string> rows) =>
        File.WriteAllLines(Path.Combine(_folder, name), ["timestamp,open,high,low,close,volume", .. rows]);
}
