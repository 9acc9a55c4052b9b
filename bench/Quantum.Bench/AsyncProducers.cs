using System.Diagnostics;
using Quantum.EventLog.Resp;

namespace Quantum.Bench;

/// <summary>
/// Many asynchronous producers on one <see cref="RespPublisher"/>, each awaiting its append before the next.
/// </summary>
internal sealed class AsyncProducers(string connectionString, int producers) : IDisposable
{
    private readonly RespPublisher _publisher = new(RespEndpoint.Parse(connectionString));

    /// <summary>Entries per second for <paramref name="count"/> entries from all producers together.</summary>
    public double Run(int count)
    {
        var clock = Stopwatch.StartNew();
        var each = count / producers;
        var tasks = new Task[producers];
        for (var i = 0; i < producers; i++) tasks[i] = Produce(each);
        Task.WaitAll(tasks);
        return each * producers / clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => _publisher.Dispose();

    private async Task Produce(int count)
    {
        for (var i = 0; i < count; i++)
            await _publisher.AppendAsync(static (RespWriter writer, in int _) => BatchPublisher.Write(writer), i);
    }
}
