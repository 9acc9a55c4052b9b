namespace Binance.Net.Enums;

public enum PositionSide
{
    [Map("SHORT")] Short,
    [Map("LONG")] Long,
    [Map("BOTH")] Both,
}
