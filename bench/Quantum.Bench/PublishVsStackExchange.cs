using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>Publishing with 256 in flight against StackExchange.Redis 1.2.6 with as many, in alternate rounds.</summary>
internal sealed class PublishVsStackExchange : IStreamBenchmark
{
    private const int Window = 256;

    public string Name => "publish_vs_stackexchange";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 30_000 : 150_000;
        var rounds = quick ? 3 : 7;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        using var producers = new AsyncProducers(server.ConnectionString, Window);
        using var rival = new StackExchangeProcess(server.ConnectionString);
        publisher.Run(count / 4, Window);
        producers.Run(count / 4);
        rival.Round("publish", count / 4);
        var ours = new List<double>();
        var oursAsync = new List<double>();
        var theirs = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            publisher.Delete();
            theirs.Add(rival.Round("publish", count));
            publisher.Delete();
            ours.Add(publisher.Run(count, Window));
            publisher.Delete();
            oursAsync.Add(producers.Run(count));
        }

        yield return new Figure(Name, Median.Of(ours.Zip(theirs, (our, their) => our / their)), "ratio");
        yield return new Figure(
            "publish_async_vs_stackexchange", Median.Of(oursAsync.Zip(theirs, (our, their) => our / their)), "ratio");
        yield return new Figure("publish_async_events_per_s", Median.Of(oursAsync), "1/s");
        yield return new Figure("stackexchange_publish_events_per_s", Median.Of(theirs), "1/s");
    }
}
