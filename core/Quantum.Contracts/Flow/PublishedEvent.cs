namespace Quantum.Contracts.Flow;

/// <summary>A published event, whose id becomes text only when asked for.</summary>
public readonly struct PublishedEvent(Outbox outbox, int number)
{
    private readonly Outbox? _outbox = outbox;
    private readonly int _number = number;

    /// <summary>Valid while the input that caused it is being handled.</summary>
    public string Id => _outbox!.IdOf(_number);
}
