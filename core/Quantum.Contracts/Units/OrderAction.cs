namespace Quantum.Contracts.Units;

/// <summary>
/// What is asked of the venue. <c>Configure</c> sets leverage and margin mode of a symbol without an order; its answer
/// is an update of kind <see cref="UpdateKind.Configuration"/>.
/// </summary>
public enum OrderAction { Place, Cancel, Query, Configure }
