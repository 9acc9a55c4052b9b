namespace Quantum.Roles.Symbols;

/// <summary>One step of a symbol's margin table, up to a size of position.</summary>
/// <param name="NotionalCapUsd">Largest position of this step, notional in USD, above 0.</param>
/// <param name="MaxLeverage">Highest leverage up to there, 1 to 200.</param>
/// <param name="MaintenanceFraction">
/// Maintenance margin over notional of the part that lies in this step, above 0, below 1.
/// </param>
public readonly record struct LeverageBracket(decimal NotionalCapUsd, int MaxLeverage, decimal MaintenanceFraction);
