using System.Text.Json;
using Quantum.Bench.Soak;
using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// <c>./quantum soak</c>: growth is what the samples say, and the verb carries a very short day through.
/// </summary>
[Collection(AloneGroup.Name)]
public sealed class SoakTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    [Fact]
    public void Growth_is_the_slope_behind_the_warm_up_whatever_peaks_there_are()
    {
        // 50 MB and a quarter more each hour, freed to 10 below every fifth time, with a steep start and one peak.
        var samples = Enumerable.Range(0, 100).Select(i => (Hours: i * 0.25, Value: 50 + i * 0.25 * 0.25
            - (i % 5 == 0 ? 10 : 0) + (i < 20 ? i * 5 : 0) + (i == 60 ? 500 : 0))).ToArray();
        Assert.Equal(0.25, Growth.PerHour(samples, fromHours: 5)!.Value, 3);
        Assert.Equal(-2, Growth.PerHour([(0, 10), (1, 8), (2, 6), (3, 4)], fromHours: 1)!.Value, 9);
        Assert.Equal(0, Growth.PerHour([(0, 7), (1, 7), (2, 7)], fromHours: 0));
        Assert.Null(Growth.PerHour([(0, 1), (1, 2), (2, 3)], fromHours: 1));
        Assert.Null(Growth.PerHour([(1, 1), (1, 2), (1, 3)], fromHours: 0));
    }

    [Theory]
    [InlineData("ai", 0.1, 0, true)]
    [InlineData("ai", 0.3, 0, false)]
    [InlineData("redis", 0.3, 0, true)]
    [InlineData("ai", 0, 1, false)]
    [InlineData("redis", 0, 1, false)]
    public void A_process_grows_by_memory_and_by_what_it_opens(string name, double mb, int handles, bool isMet)
    {
        var growth = Assert.Single(SoakGrowth.Of(
            Samples(name, mb, handles, "market_data", 0), warmUpHours: 0, dataOf: "redis"));
        Assert.Equal(isMet, growth.IsMet);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public void A_stream_that_nobody_trims_misses_the_bar(int times, bool isMet)
    {
        var stream = StreamCatalog.All.First(stream => stream.Retention.MaxLength is not null);
        var last = Samples("ai", 0, 0, stream.Name, times * stream.Retention.MaxLength!.Value)[^1];
        Assert.Equal(isMet ? [] : [stream.Name], last.LongStreams);
    }

    [Fact]
    public void A_very_short_day_is_played_and_measured_to_its_end()
    {
        using var run = new ProgramRun(
            BuiltProgram.Bench,
            ["soak", "--hours", "0.5", "--warm-up", "0.5", "--symbols", "1", "--every", "0.2", "--json"],
            new SortedDictionary<string, string>());
        Assert.True(run.WaitForEnd(s_limit), run.Output + run.Error);
        Assert.True(run.ExitCode is 0 or 1, run.Output + run.Error);
        using var document = JsonDocument.Parse(run.Output);
        var root = document.RootElement;
        Assert.True(root.GetProperty("isWhole").GetBoolean(), run.Output + run.Error);
        var processes = root.GetProperty("processes").EnumerateArray()
            .ToDictionary(process => process.GetProperty("name").GetString()!);
        Assert.Equal(
            [.. BuiltProgram.Services.Keys.Where(name => name != "venue").Append("console").Append("redis").Order()],
            processes.Keys.Order());
        foreach (var process in processes.Values)
        {
            Assert.True(process.GetProperty("lastMb").GetDouble() > 1, process.ToString());
            if (OperatingSystem.IsLinux()) Assert.True(process.GetProperty("lastHandles").GetInt32() > 3);
        }

        Assert.Equal(60, root.GetProperty("streams").GetProperty("market.klines").GetInt64());
    }

    private static SoakSample[] Samples(string name, double mb, int handles, string stream, long length) =>
    [
        .. Enumerable.Range(0, 60).Select(hour => new SoakSample(
            hour, new Dictionary<string, ProcessUse> { [name] = new(50 + hour * mb, 10 + hour * handles) }, 1,
            new Dictionary<string, long> { [stream] = length })),
    ];

    [Theory]
    [InlineData("--hours", "0")]
    [InlineData("--hours", "nan")]
    [InlineData("--speed", "fast")]
    [InlineData("--symbols", "1.5")]
    [InlineData("--every", "0.1")]
    [InlineData("--warm-up", "-1")]
    [InlineData("--days", "1")]
    public void What_cannot_be_asked_for_is_told(string name, string value) =>
        Assert.Contains(name, SoakOptions.TryParse([name, value], out _));
}
