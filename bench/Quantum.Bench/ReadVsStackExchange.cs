using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>Reading 100 at a time, decoding and acknowledging, against StackExchange.Redis 1.2.6, in alternate rounds.</summary>
internal sealed class ReadVsStackExchange : IStreamBenchmark
{
    public string Name => "read_vs_stackexchange";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 30_000 : 150_000;
        var rounds = quick ? 3 : 7;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        using var reader = new GroupReading(server.ConnectionString);
        using var rival = new StackExchangeProcess(server.ConnectionString);
        publisher.Run(count, 64);
        reader.Rewind();
        reader.Run(count);
        reader.Rewind();
        rival.Round("read", count);
        var ours = new List<double>();
        var theirs = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            reader.Rewind();
            theirs.Add(rival.Round("read", count));
            reader.Rewind();
            ours.Add(reader.Run(count));
        }

        yield return new Figure(Name, Median.Of(ours.Zip(theirs, (our, their) => our / their)), "ratio");
        yield return new Figure("read_events_per_s", Median.Of(ours), "1/s");
        yield return new Figure("stackexchange_read_events_per_s", Median.Of(theirs), "1/s");
    }
}
