using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Flow;

/// <summary>
/// What a role is told about the event it handles. <see cref="AtMs"/> is the only time a role knows. Ids stay spans
/// until asked for as text, so an event nobody keeps costs no allocation.
/// </summary>
public readonly ref struct Input(Envelope envelope, EntryId position)
{
    private readonly Envelope _envelope = envelope;

    /// <summary>UTC epoch ms: the event's own time, or the tape's.</summary>
    public long AtMs => _envelope.AtMs;

    /// <summary>Where the entry stands on its stream; its ms part is Redis' own clock.</summary>
    public EntryId Position { get; } = position;

    /// <summary>Null only for legacy entries.</summary>
    public TradingMode? Mode => _envelope.Mode;

    public Envelope Envelope => _envelope;

    public string EventId => Encoding.UTF8.GetString(_envelope.EventId);
    public string CorrelationId => Encoding.UTF8.GetString(_envelope.CorrelationId);
    public string CausationId => Encoding.UTF8.GetString(_envelope.CausationId);
    public string Source => Utf8Interner.Shared.Intern(_envelope.Source);

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);
}
