using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Flow;

/// <summary>
/// What a role is told about the event it handles. <see cref="AtMs"/> is the only time a role knows. Ids stay spans, or
/// unformed, until asked for as text, so an event nobody keeps costs no allocation.
/// </summary>
public readonly ref struct Input
{
    private readonly Envelope _envelope;
    private readonly IInputIds? _ids;
    private readonly int _number;

    public Input(Envelope envelope, EntryId position)
    {
        _envelope = envelope;
        Position = position;
    }

    /// <summary>An input that was never encoded.</summary>
    /// <param name="envelope">Time, mode and version alone.</param>
    /// <param name="position">Where the entry would stand on its stream.</param>
    /// <param name="ids">Who forms its texts.</param>
    /// <param name="number">What <paramref name="ids"/> knows it by.</param>
    public Input(Envelope envelope, EntryId position, IInputIds ids, int number) : this(envelope, position)
    {
        _ids = ids;
        _number = number;
    }

    /// <summary>UTC epoch ms: the event's own time, or the tape's.</summary>
    public long AtMs => _envelope.AtMs;

    /// <summary>Where the entry stands on its stream; its ms part is Redis' own clock.</summary>
    public EntryId Position { get; }

    /// <summary>Null only for legacy entries.</summary>
    public TradingMode? Mode => _envelope.Mode;

    public Envelope Envelope => _ids is null
        ? _envelope
        : _envelope with
        {
            EventId = Encoding.UTF8.GetBytes(EventId), Source = Encoding.UTF8.GetBytes(Source),
            CorrelationId = Encoding.UTF8.GetBytes(CorrelationId), CausationId = Encoding.UTF8.GetBytes(CausationId),
        };

    public string EventId => _ids?.EventIdOf(_number) ?? Encoding.UTF8.GetString(_envelope.EventId);
    public string CorrelationId => _ids?.CorrelationIdOf(_number) ?? Encoding.UTF8.GetString(_envelope.CorrelationId);
    public string CausationId => _ids?.CausationIdOf(_number) ?? Encoding.UTF8.GetString(_envelope.CausationId);
    public string Source => _ids?.SourceOf(_number) ?? Utf8Interner.Shared.Intern(_envelope.Source);

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);
}
