using System.Diagnostics;
using System.Globalization;
using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>Publishing with 64 in flight against `redis-benchmark -c 1 -P 64` with the same XADD, in alternate rounds.</summary>
internal sealed class PublishVsRedisBenchmark : IStreamBenchmark
{
    private const int Window = 64;

    public string Name => "publish_vs_redis_benchmark";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 40_000 : 200_000;
        var rounds = quick ? 3 : 7;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        publisher.Run(count / 4, Window);
        var ours = new List<double>();
        var theirs = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            publisher.Delete();
            theirs.Add(RedisBenchmark(server.Port, count));
            publisher.Delete();
            ours.Add(publisher.Run(count, Window));
        }

        yield return new Figure(Name, Median.Of(ours.Zip(theirs, (our, their) => our / their)), "ratio");
        yield return new Figure("publish_events_per_s", Median.Of(ours), "1/s");
        yield return new Figure("redis_benchmark_events_per_s", Median.Of(theirs), "1/s");
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
