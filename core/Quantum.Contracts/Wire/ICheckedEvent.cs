namespace Quantum.Contracts.Wire;

/// <summary>An event that can say what about it is impossible, in words that name the field and the value.</summary>
public interface ICheckedEvent
{
    /// <summary>Null when the event is possible.</summary>
    string? Fault();
}
