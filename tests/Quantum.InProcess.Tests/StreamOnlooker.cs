using System.Reflection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Wire;
using Quantum.InProcess;

namespace Quantum.InProcess.Tests;

/// <summary>
/// Writes what it sees of a run's ordered streams and hashes that: of a run that writes nothing itself it must come to
/// the hash of the run that does.
/// </summary>
internal sealed class StreamOnlooker : IDisposable
{
    private readonly InProcessRun _run;
    private readonly RunHash _hash = new();
    private readonly FieldBuffer _buffer = new();

    /// <param name="run">Before its first event.</param>
    public StreamOnlooker(InProcessRun run)
    {
        _run = run;
        var watch = typeof(StreamOnlooker).GetMethod(nameof(Watch), BindingFlags.NonPublic | BindingFlags.Instance)!;
        foreach (var stream in StreamCatalog.All.Where(stream => !stream.IsTail))
            watch.MakeGenericMethod(stream.EventType).Invoke(this, [stream]);
    }

    public string Hash => _hash.Text;

    public void Dispose() => _hash.Dispose();

    private void Watch<TEvent>(EventStream<TEvent> stream) where TEvent : struct =>
        _run.Observe(stream, (in TEvent payload, in Input input) =>
        {
            _buffer.Clear();
            stream.Encode(input.Envelope, in payload, _buffer);
            _hash.Add(stream.Key, new StoredEntry(input.Position, _buffer.Fields));
        });
}
