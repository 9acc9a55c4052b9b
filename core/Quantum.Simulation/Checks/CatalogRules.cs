using Quantum.InProcess;

namespace Quantum.Simulation.Checks;

/// <summary>What the catalog asks of every entry: readable, from one of its producers, of the one mode, once.</summary>
/// <param name="fail">Told what is wrong.</param>
internal sealed class CatalogRules(Action<string> fail)
{
    private readonly HashSet<(EventStream, string)> _ids = [];

    /// <summary>True when the next entry stands there twice on purpose.</summary>
    public bool ExpectsAgain { get; set; }

    /// <summary>False for what cannot be read, or stands there again on purpose.</summary>
    public bool TryRead<TEvent>(
        EventStream<TEvent> stream, StoredEntry entry, out TEvent payload, out SeenEntry seen) where TEvent : struct
    {
        seen = default;
        var fields = entry.Fields;
        if (!stream.TryDecode(in fields, entry.Id, out var envelope, out payload, out var fault))
        {
            fail($"{stream} {entry.Id} cannot be read: {fault.Text}");
            return false;
        }

        if (envelope.Mode != SimulatedWorld.Mode) fail($"{stream} {entry.Id} is of mode {envelope.Mode}");
        if (stream.IsTail) return true;
        var id = Encoding.UTF8.GetString(envelope.EventId);
        seen = new SeenEntry(id, envelope.AtMs, entry.Id);
        var source = Utf8Interner.Shared.Intern(envelope.Source);
        if (!stream.Producers.Contains(source)) fail($"{stream} {entry.Id} is of {source}, which is no producer of it");
        if (_ids.Add((stream, id))) return true;
        if (!ExpectsAgain) fail($"{stream} {entry.Id}: the event {id} stands there twice");
        ExpectsAgain = false;
        return false;
    }
}
