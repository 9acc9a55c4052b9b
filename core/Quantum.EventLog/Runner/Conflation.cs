using Quantum.Contracts.Wire;
using Quantum.EventLog.Tracing;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Tail streams under back-pressure: of each symbol (and venue) only the newest entry of a full batch is handled.
/// </summary>
internal sealed class Conflation
{
    private readonly HashSet<Key> _seen = [];

    /// <summary>Marks what a newer entry replaces.</summary>
    public void Mark(Turn turn, bool[] passed)
    {
        for (var read = 0; read < turn.Reads.Length; read++)
        {
            if (!turn.Reads[read].Link.Stream.IsTail) continue;
            var entries = 0;
            for (var i = 0; i < turn.Batch.Count; i++)
                if (turn.Batch[i].Read == read) entries++;
            if (entries < turn.Reads[read].Count) continue;
            _seen.Clear();
            for (var i = turn.Batch.Count - 1; i >= 0; i--)
                if (turn.Batch[i].Read == read && !_seen.Add(Key.Of(turn.Batch.Fields(i)))) passed[i] = true;
            LogMeter.Conflated.Add(
                entries - _seen.Count, LogMeter.Tag(SpanTags.Destination, turn.Reads[read].Link.Stream.Name));
        }
    }

    private readonly record struct Key(string Symbol, string Exchange)
    {
        public static Key Of(EntryFields fields)
        {
            fields.TryGet("symbol"u8, EnvelopeCodec.TailFieldCount, out var symbol);
            fields.TryGet("exchange"u8, EnvelopeCodec.TailFieldCount, out var exchange);
            return new(Utf8Interner.Shared.Intern(symbol), Utf8Interner.Shared.Intern(exchange));
        }
    }
}
