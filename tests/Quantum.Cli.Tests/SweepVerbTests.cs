using System.Globalization;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum sweep`: from words to a file, in one process.</summary>
public sealed class SweepVerbTests : IDisposable
{
    private const long Start = 1_764_892_800_000;
    private const int Hours = 24 * 9;

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-sweep-").FullName;

    private string Data => Path.Combine(_folder, "hours");

    private string File => Path.Combine(_folder, "sweep.sqlite");

    public SweepVerbTests()
    {
        Directory.CreateDirectory(Data);
        System.IO.File.WriteAllLines(Path.Combine(Data, "BTCUSDT.csv"),
            ["timestamp,open,high,low,close,volume", .. Enumerable.Range(0, Hours).Select(Row)]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sweep_tells_its_windows_first_and_goes_on_where_it_was()
    {
        string[] words = ["sweep", "--data", Data, "--out", File, "--train", "4", "--test", "2", "--by", "return",
            "--set", "TradingBot:CooldownMs=0..600000/300000",
            "--set", "Ai:Cost:TakerFeeFraction+SimVenue:TakerFeeFraction=0.001"];
        var run = CliRun.Of([.. words, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(3, run.Json.GetProperty("tried").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("choices").GetArrayLength());
        Assert.Equal(4, run.Json.GetProperty("outOfSample").GetProperty("days").GetInt32());
        Assert.NotEmpty(run.Json.GetProperty("warnings").EnumerateArray());
        var again = CliRun.Of(words);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("2025-12-09 to 2025-12-10", again.Output);
        Assert.InRange(again.Output.IndexOf("out of sample", StringComparison.Ordinal), 0,
            again.Output.IndexOf("in hindsight, the best", StringComparison.Ordinal));
        var other = CliRun.Of([.. words, "--halving", "2"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("name another file", other.Errors);
    }

    [Fact]
    public void A_file_goes_on_only_with_what_it_was_made_of()
    {
        string[] words = ["sweep", "--data", Data, "--out", File, "--by", "return", "--set",
            "TradingBot:CooldownMs=0,600000"];
        Assert.Equal(0, CliRun.Of(words).ExitCode);
        // Its own file may lie beside the recording, and other sweeps'.
        System.IO.File.WriteAllText(Path.Combine(Data, "other.sqlite"), "");
        var again = CliRun.Of(words);
        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Refused("other broken files ('refused', now 'left out')", "--skip-broken");
        var book = Path.Combine(_folder, "book.json");
        System.IO.File.WriteAllText(book,
            """
            {"version":1,"asOf":"2025-12-01","tables":{},"instruments":[{"symbol":"BTCUSDT","tickSize":0.5,
            "stepSize":0.001,"maxQuantity":100,"minNotionalUsd":50}]}
            """);
        Refused("other instruments", "--set", $"Instruments:Path={book}");
        var rows = Path.Combine(Data, "BTCUSDT.csv");
        var text = System.IO.File.ReadAllText(rows);
        System.IO.File.WriteAllText(rows, text.Replace(",120", ",121", StringComparison.Ordinal));
        Refused("other files of the recording");

        void Refused(string told, params string[] more)
        {
            var run = CliRun.Of([.. words, .. more]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains($"--out {File} holds a sweep with {told}", run.Errors);
            Assert.Contains("name another file", run.Errors);
        }
    }

    [Theory]
    [InlineData("nothing is varied")]
    [InlineData("TradingBot:CooldownMs is -1", "--set", "TradingBot:CooldownMs=0,-1")]
    [InlineData("no role has a section 'Nobody'", "--set", "Nobody:Knows=1,2")]
    [InlineData("--set Feed:Interval=1h,2h varies nothing", "--set", "Feed:Interval=1h,2h")]
    [InlineData("--set OrderLane:MaxInFlight=1..3/1 varies nothing", "--set", "OrderLane:MaxInFlight=1..3/1")]
    [InlineData(
        "--set Ai:IntervalMs+OrderLane:X=1,3 varies nothing", "--set", "Ai:IntervalMs+OrderLane:X=1,3")]
    [InlineData("--set OrderLane:X=1 would change nothing", "--set", "TradingBot:CooldownMs=0,1", "--set",
        "OrderLane:X=1")]
    [InlineData("beside --set tradingbot:cooldownms=7", "--set", "TradingBot:CooldownMs=0,1", "--set",
        "tradingbot:cooldownms=7")]
    [InlineData("range without a step", "--set", "TradingBot:CooldownMs=0..10")]
    [InlineData("--train is 30 days of 9: use 2 to 7", "--set", "TradingBot:CooldownMs=0,1", "--train", "30")]
    [InlineData("--cores is '0'", "--set", "TradingBot:CooldownMs=0,1", "--cores", "0")]
    [InlineData("'sharp'", "--set", "TradingBot:CooldownMs=0,1", "--by", "sharp")]
    public void What_cannot_be_is_told_before_anything_runs(string told, params string[] more)
    {
        var run = CliRun.Of(["sweep", "--data", Data, "--out", File, .. more]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Errors);
        Assert.False(System.IO.File.Exists(File));
    }

    private static string Row(int hour)
    {
        var price = 92_000 + 900 * Math.Round(Math.Sin(hour / 5.0), 2);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Start + hour * 3_600_000L},{price},{price + 300},{price - 300},{price + 50},120");
    }
}
