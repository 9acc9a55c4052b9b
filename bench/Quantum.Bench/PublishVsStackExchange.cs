using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// Publishing with 256 in flight against StackExchange.Redis with as many, in alternate rounds. The ceiling
/// beside the ratio is what a client that costs nothing would reach: the server alone takes the rest.
/// </summary>
internal sealed class PublishVsStackExchange : IStreamBenchmark
{
    private const int Window = 256;

    public string Name => "publish_vs_stackexchange";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 25_600 : 102_400;
        var rounds = quick ? 3 : 9;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        using var rival = new StackExchangeProcess(server.ConnectionString);
        var race = Rounds.Run(
            rounds,
            publisher.Delete,
            () => Rate.WithServer(server.ProcessId, count, () => Rate.Of(count, () => publisher.Run(count, Window))),
            () => Rate.WithServer(server.ProcessId, count, () => rival.Round("publish", count)));
        yield return new Figure(Name, race.Ratio(0, 1), "ratio");
        yield return new Figure("publish_vs_stackexchange_ceiling", race.Ceiling(0, 1), "ratio");
        yield return new Figure("publish_server_busy", race.ServerBusy(0), "fraction");
        yield return new Figure("stackexchange_publish_server_busy", race.ServerBusy(1), "fraction");
        yield return new Figure("stackexchange_publish_events_per_s", race.PerSecond(1), "1/s");
        yield return new Figure("publish_cpu_per_event", race.CpuUs(0), "us");
        yield return new Figure("stackexchange_publish_cpu_per_event", race.CpuUs(1), "us");
    }
}
