using System.IO.Compression;
using System.Text;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum data check`: what a folder holds, told without a Redis and without a run.</summary>
public sealed class DataVerbTests : IDisposable
{
    private const long Start = 1_764_892_800_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_good_folder_is_told_by_symbol_with_its_gaps_and_doubles()
    {
        Write("BTCUSDT-1m-2025-12.csv", Minutes(0, 1, 2, 5, 6));
        Write("BTCUSDT-1m-2025-12-05.csv", Minutes(5, 6, 7));
        Write("币安人生USDT-1m-2025-12.csv", Minutes(0, 1, 2));
        var run = CliRun.Of("data", "check", _folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ',
            StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("BTCUSDT Candles 1m 2 6 2025-12-05 00:00 2025-12-05 00:08 1 2 2 good", lines);
        Assert.Contains("币安人生USDT Candles 1m 1 3 2025-12-05 00:00 2025-12-05 00:03 0 0 0 good", lines);
        Assert.Contains("All of it plays, on 1m candles.", lines);
        Assert.Contains("gap: BTCUSDT: 2 candle(s) missing from 2025-12-05 00:03:00Z to 2025-12-05 00:05:00Z", lines);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void What_would_be_refused_is_told_with_place_value_and_mend()
    {
        Write("BTCUSDT.csv", Minutes(0, 1, 2));
        Write("ETHUSDT.csv", [.. Minutes(0, 1), $"{Start + 120_000},100,99,98,101,1"]);
        Write("notes.csv", "what,ever", "1,2");
        Write("old.parquet", "PAR1");
        var run = CliRun.Of("data", "check", _folder, "--json");
        Assert.Equal(1, run.ExitCode);
        var contents = run.Json.GetProperty("contents").EnumerateArray().ToDictionary(content =>
            content.GetProperty("symbol").GetString()!);
        Assert.Equal(3, contents["BTCUSDT"].GetProperty("rows").GetInt64());
        Assert.Equal("2025-12-05T00:03:00Z", contents["BTCUSDT"].GetProperty("to").GetString());
        var fault = contents["ETHUSDT"].GetProperty("fault").GetString();
        Assert.Contains("ETHUSDT.csv, line 4, column open: '100' is outside low 98 to high 99", fault);
        Assert.Equal(fault, run.Json.GetProperty("refusal").GetString());
        Assert.Equal(
            ["notes.csv", "old.parquet"],
            run.Json.GetProperty("leftOut").EnumerateArray().Select(file =>
                Path.GetFileName(file.GetProperty("file").GetString())).Order());
        // What is not asked for is not judged.
        var one = CliRun.Of("data", "check", _folder, "--symbols", "BTCUSDT", "--json");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, one.Json.GetProperty("refusal").ValueKind);
    }

    [Fact]
    public void Every_form_is_told_with_its_range_also_in_a_zip()
    {
        using (var zip = ZipFile.Open(Path.Combine(_folder, "BTCUSDT-aggTrades-2025-12-05.zip"), ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("BTCUSDT-aggTrades-2025-12-05.csv").Open())
            entry.Write(Encoding.UTF8.GetBytes($"1,100,1,1,1,{Start},true\n2,101,1,2,2,{Start + 61_000},false\n"));
        var run = CliRun.Of("data", "check", _folder, "--json");
        Assert.Equal(0, run.ExitCode);
        var content = Assert.Single(run.Json.GetProperty("contents").EnumerateArray());
        Assert.Equal(("AggTrades", 2, Start, Start + 61_000), (
            content.GetProperty("form").GetString()!, content.GetProperty("rows").GetInt32(),
                content.GetProperty("fromMs").GetInt64(),
            content.GetProperty("toMs").GetInt64()));
        Assert.Equal("1m", run.Json.GetProperty("interval").GetString());
    }

    [Theory]
    [InlineData("no such file or folder; correct <folder>.", "data", "check", "/no/such/folder")]
    [InlineData("--symbols holds 'BTC-USDT'", "data", "check", ".", "--symbols", "BTC-USDT")]
    [InlineData("--from is 'soon'", "data", "check", ".", "--from", "soon")]
    [InlineData("--interval is '7m'", "data", "check", ".", "--interval", "7m")]
    [InlineData("quantum: --columns holds 'Date'", "data", "check", ".", "--columns", "Date")]
    [InlineData("--from is not before --to", "data", "check", ".", "--from", "2025-12-06", "--to", "2025-12-05")]
    public void What_is_asked_wrongly_is_one_line_and_exit_code_2(string words, params string[] arguments)
    {
        var run = CliRun.Of(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static string[] Minutes(params int[] minutes) =>
    [
        "timestamp,open,high,low,close,volume",
        .. minutes.Select(i => $"{Start + i * 60_000},{100 + i},{102 + i},{99 + i},{101 + i},8"),
    ];

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder, name), lines);
}
