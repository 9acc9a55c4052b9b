using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// Bytes that the whole process allocates per event in steady state: publishing, and reading with decoding and
/// acknowledgement.
/// </summary>
internal sealed class AllocationPerEvent : IStreamBenchmark
{
    public string Name => "bytes_per_event";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = quick ? 30_000 : 150_000;
        using var server = RedisServer.Start();
        using var publisher = new BatchPublisher(server.ConnectionString);
        using var reader = new GroupReading(server.ConnectionString);
        var batch = Measure(count, () => publisher.Run(count, 64));
        publisher.Delete();
        publisher.Run(count, 64);
        var read = Measure(count, () => reader.Run(count), reader.Rewind);
        yield return new Figure("bytes_per_event_published", batch, "B");
        yield return new Figure("bytes_per_event_read", read, "B");
    }

    private static double Measure(int count, Action run, Action? before = null)
    {
        // Twice unmeasured: pools and buffers reach their size.
        for (var i = 0; i < 2; i++)
        {
            before?.Invoke();
            run();
        }

        before?.Invoke();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        run();
        return (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)count;
    }
}
