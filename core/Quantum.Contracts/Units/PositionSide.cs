namespace Quantum.Contracts.Units;

/// <summary>Which way a position gains.</summary>
public enum PositionSide
{
    [WireName("LONG")] Long,
    [WireName("SHORT")] Short,
}
