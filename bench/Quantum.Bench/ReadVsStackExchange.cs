using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// Reading 100 at a time, decoding with one codec and acknowledging, against StackExchange.Redis doing the same,
/// in alternate rounds: read, decode, acknowledge, each waited for. Beside it the ratio with both reading ahead (two
/// reads in flight, acknowledgements behind them), which is how the event log reads, and the ratio of that to the
/// other's waited loop. The ceiling is what a client that costs nothing would reach.
/// </summary>
internal sealed class ReadVsStackExchange : IStreamBenchmark
{
    public string Name => "read_vs_stackexchange";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 30_000 : 100_000;
        var rounds = quick ? 3 : 9;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        using var reader = new GroupReading(server.ConnectionString);
        using var rival = new StackExchangeProcess(server.ConnectionString);
        publisher.Run(count, 64);
        var race = Rounds.Run(
            rounds,
            reader.Rewind,
            () => Rate.Of(count, () => reader.RunPlain(count)),
            () => rival.Round("read", count),
            () => Rate.WithServer(server.ProcessId, count, () => Rate.Of(count, () => reader.Run(count))),
            () => rival.Round("read-ahead", count));
        yield return new Figure(Name, race.Ratio(0, 1), "ratio");
        yield return new Figure("read_vs_stackexchange_both_ahead", race.Ratio(2, 3), "ratio");
        yield return new Figure("read_ahead_vs_stackexchange", race.Ratio(2, 1), "ratio");
        yield return new Figure("read_vs_stackexchange_ceiling", race.Ceiling(2, 1), "ratio");
        yield return new Figure("read_ahead_server_busy", race.ServerBusy(2), "fraction");
        yield return new Figure("read_events_per_s", race.PerSecond(0), "1/s");
        yield return new Figure("read_ahead_events_per_s", race.PerSecond(2), "1/s");
        yield return new Figure("stackexchange_read_events_per_s", race.PerSecond(1), "1/s");
        yield return new Figure("read_cpu_per_event", race.CpuUs(0), "us");
        yield return new Figure("stackexchange_read_cpu_per_event", race.CpuUs(1), "us");
    }
}
