namespace Quantum.Contracts.Flow;

/// <summary>
/// Forms the texts of inputs that were never encoded, when somebody asks: most inputs are never asked. Each is empty
/// where an entry of the stream would carry none.
/// </summary>
public interface IInputIds
{
    /// <param name="number">The input, as its owner counts them.</param>
    string EventIdOf(int number);

    /// <inheritdoc cref="EventIdOf"/>
    string CorrelationIdOf(int number);

    /// <inheritdoc cref="EventIdOf"/>
    string CausationIdOf(int number);

    /// <inheritdoc cref="EventIdOf"/>
    string SourceOf(int number);
}
