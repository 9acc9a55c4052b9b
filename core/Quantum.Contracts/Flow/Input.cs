namespace Quantum.Contracts.Flow;

/// <summary>
/// What a role is told about the event it handles. <see cref="AtMs"/> is the only time a role knows. Ids stay spans, or
/// unformed, until asked for as text, so an event nobody keeps costs no allocation.
/// </summary>
public readonly ref struct Input
{
    // Of an input that was encoded alone: it is large, and nothing of it is copied for the others.
    private readonly Envelope _envelope;
    private readonly IInputIds? _ids;
    private readonly int _number;
    private readonly int _version;

    public Input(Envelope envelope, EntryId position)
    {
        _envelope = envelope;
        (AtMs, Mode, Position) = (envelope.AtMs, envelope.Mode, position);
    }

    /// <summary>An input that was never encoded.</summary>
    /// <param name="atMs">Its time, UTC epoch ms.</param>
    /// <param name="version">The schema version of the payload, from 1.</param>
    /// <param name="position">Where the entry would stand on its stream.</param>
    /// <param name="ids">Who forms its texts.</param>
    /// <param name="number">What <paramref name="ids"/> knows it by.</param>
    public Input(long atMs, TradingMode mode, int version, EntryId position, IInputIds ids, int number)
    {
        (AtMs, Mode, Position) = (atMs, mode, position);
        (_ids, _number, _version) = (ids, number, version);
    }

    /// <summary>UTC epoch ms: the event's own time, or the tape's.</summary>
    public long AtMs { get; }

    /// <summary>Where the entry stands on its stream; its ms part is Redis' own clock.</summary>
    public EntryId Position { get; }

    /// <summary>Null only for legacy entries.</summary>
    public TradingMode? Mode { get; }

    public Envelope Envelope => _ids is null
        ? _envelope
        : new Envelope
        {
            AtMs = AtMs, Mode = Mode, Version = _version,
            EventId = Encoding.UTF8.GetBytes(EventId), Source = Encoding.UTF8.GetBytes(Source),
            CorrelationId = Encoding.UTF8.GetBytes(CorrelationId), CausationId = Encoding.UTF8.GetBytes(CausationId),
        };

    public string EventId => _ids?.EventIdOf(_number) ?? Encoding.UTF8.GetString(_envelope.EventId);
    public string CorrelationId => _ids?.CorrelationIdOf(_number) ?? Encoding.UTF8.GetString(_envelope.CorrelationId);
    public string CausationId => _ids?.CausationIdOf(_number) ?? Encoding.UTF8.GetString(_envelope.CausationId);
    public string Source => _ids?.SourceOf(_number) ?? Utf8Interner.Shared.Intern(_envelope.Source);

    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);
}
