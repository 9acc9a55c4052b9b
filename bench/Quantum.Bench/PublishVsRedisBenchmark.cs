using System.Diagnostics;
using System.Globalization;
using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// Publishing with 64 in flight against `redis-benchmark -c 1 -P 64` with the same XADD, in alternate rounds.
/// </summary>
internal sealed class PublishVsRedisBenchmark : IStreamBenchmark
{
    private const int Window = 64;

    public string Name => "publish_vs_redis_benchmark";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 40_000 : 100_000;
        var rounds = quick ? 3 : 15;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        var race = Rounds.Run(
            rounds,
            publisher.Delete,
            () => Rate.Of(count, () => publisher.Run(count, Window)),
            () => new Rate(RedisBenchmark(server.Port, count), double.NaN));
        yield return new Figure(Name, race.Ratio(0, 1), "ratio");
        yield return new Figure("publish_events_per_s", race.PerSecond(0), "1/s");
        yield return new Figure("redis_benchmark_events_per_s", race.PerSecond(1), "1/s");
    }

    private static double RedisBenchmark(int port, int count)
    {
        var start = new ProcessStartInfo("redis-benchmark") { RedirectStandardOutput = true };
        string[] options =
        [
            "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "1", "-P", "64",
            "-n", count.ToString(CultureInfo.InvariantCulture), "--csv", "XADD", IntentSample.Stream, "*",
        ];
        foreach (var argument in options.Concat(IntentSample.Fields)) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // The last line is: "test","rps","avg_latency_ms",…
        var cells = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Split("\",\"") ?? [];
        return cells.Length > 1 && double.TryParse(cells[1], CultureInfo.InvariantCulture, out var perSecond)
            ? perSecond
            : throw new InvalidOperationException($"redis-benchmark printed no figure: {text}");
    }
}
