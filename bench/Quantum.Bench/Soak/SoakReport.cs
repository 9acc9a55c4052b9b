using System.Globalization;
using System.Text.Json;
using Quantum.Backtest.Report;

namespace Quantum.Bench.Soak;

/// <summary>What a soak showed: words, a document, or table and chart in docs.</summary>
/// <param name="Options">How it was made.</param>
/// <param name="Samples">What was measured, in its order.</param>
/// <param name="Took">Real time from the first sample to the last.</param>
/// <param name="IsWhole">False when it was cut short.</param>
internal sealed record SoakReport(
    SoakOptions Options, IReadOnlyList<SoakSample> Samples, TimeSpan Took, bool IsWhole)
{
    private const string Chart = "soak.svg";
    private const int MostStreams = 12;

    private static readonly JsonSerializerOptions s_json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly PagePart s_part = new(
        "<!-- soak: written by ./quantum soak --write -->", "<!-- soak: end -->");

    private static readonly string[] s_columns =
        ["process", "MB warm", "MB last", "MB most", "MB an hour", "handles warm", "handles last", "bars"];

    public IReadOnlyList<SoakGrowth> Growths { get; } = SoakGrowth.Of(
        Samples, Options.WarmUpHours, TapeSystem.Redis);

    /// <summary>Growth of Redis' data behind the warm-up, MB a simulated hour; null: too few samples.</summary>
    public double? RedisMbPerHour { get; } = Growth.PerHour(
        Samples.Select(sample => (sample.Hours, sample.RedisMb)), Options.WarmUpHours);

    /// <summary>Streams of bounded length that nobody trimmed until the end.</summary>
    public IReadOnlyList<string> LongStreams { get; } = Samples.Count == 0 ? [] : Samples[^1].LongStreams;

    /// <summary>True when it went to the end and every process and stream is within its bar.</summary>
    public bool IsMet => IsWhole && Growths.Count > 0 && LongStreams.Count == 0
        && Growths.All(growth => growth.IsMet);

    /// <summary>The document for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Options.Command, Options.Hours, IsWhole, IsMet, tookS = Math.Round(Took.TotalSeconds, 1),
            Options.WarmUpHours, samples = Samples.Count, cores = Environment.ProcessorCount,
            processes = Growths, redisMbPerHour = RedisMbPerHour, LongStreams,
            redisMb = Samples.Count > 0 ? Samples[^1].RedisMb : (double?)null,
            streams = Samples.Count > 0 ? Samples[^1].Streams : null,
        }, s_json);

    /// <summary>Rows of words.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Join(" | ", s_columns);
        foreach (var growth in Growths) yield return string.Join(" | ", Cells(growth));
        yield return Summary();
    }

    /// <summary>Writes table and chart into docs of this tree.</summary>
    /// <param name="day">Of the measurement.</param>
    public void Keep(string day)
    {
        File.WriteAllText(Path.Combine(BuiltServices.Root, "docs", Chart), Drawn() + "\n");
        s_part.Keep(_ => string.Join('\n', (string[])
        [
            "", "", $"{day}, `{Options.Command}`, {Environment.ProcessorCount} cores: {Summary()}", "",
            PagePart.Row(s_columns), PagePart.Row(s_columns.Select(_ => "---")),
            .. Growths.Select(growth => PagePart.Row(Cells(growth))), "",
            $"![Memory, handles and streams over the simulated hours]({Chart})", "",
        ]));
    }

    /// <summary>The chart.</summary>
    public string Drawn()
    {
        if (Samples.Count == 0) throw new InvalidOperationException("nothing was measured: there is nothing to draw.");
        var names = Samples[0].Processes.Keys;
        var streams = Samples[^1].Streams.OrderByDescending(stream => stream.Value).Take(MostStreams)
            .Select(stream => stream.Key);
        return TrendChart.Draw(
            "Memory and handles of every process, Redis' data and the streams over the simulated hours",
            "simulated hours",
            [
                new("Memory of each process (PSS), MB", [.. names.Select(name => Line(
                    name, sample => sample.Processes[name].MemoryMb))]),
                new("Open handles", [.. names.Select(name => Line(name, sample => sample.Processes[name].Handles))]),
                new("Redis' data, MB", [Line("used_memory", sample => sample.RedisMb)]),
                new($"Entries of the {MostStreams} longest streams", [.. streams.Select(stream => Line(
                    stream, sample => sample.Streams.GetValueOrDefault(stream)))]),
            ]);
    }

    private TrendLine Line(string name, Func<SoakSample, double> value) =>
        new(name, [.. Samples.Select(sample => (sample.Hours, value(sample)))]);

    private string Summary() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Samples.Count > 0 ? Samples[^1].Hours : 0):0.0} of {Options.AllHours:0.##} simulated hours in "
        + $"{Took.TotalSeconds:0} s, {Options.WarmUpHours:0.##} of them warm-up, {Samples.Count} samples. Redis' data "
        + $"grows {Said(RedisMbPerHour)} MB an hour. "
        + $"{string.Concat(LongStreams.Select(stream => $"Not trimmed: {stream}. "))}"
        + $"{(IsMet ? "All bars met." : "A bar is missed, or was not measured.")}");

    private static string[] Cells(SoakGrowth growth) =>
    [
        growth.Name, Mb(growth.WarmMb), Mb(growth.LastMb), Mb(growth.PeakMb), Said(growth.MbPerHour),
        growth.WarmHandles.ToString(CultureInfo.InvariantCulture),
        growth.LastHandles.ToString(CultureInfo.InvariantCulture),
        growth.HandlesPerHour is null ? "not measured" : !growth.IsMet ? "missed"
            : growth.HoldsData ? "met, holds the data" : "met",
    ];

    private static string Mb(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Said(double? perHour) => perHour?.ToString("0.00", CultureInfo.InvariantCulture) ?? "?";
}
