namespace Quantum.Contracts.Units;

/// <summary>What is so of a mode.</summary>
public static class TradingModes
{
    /// <summary>True where orders go to an exchange that somebody else runs.</summary>
    public static bool IsReal(this TradingMode mode) => mode is not (TradingMode.Sim or TradingMode.Paper);
}
