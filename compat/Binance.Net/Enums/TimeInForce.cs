namespace Binance.Net.Enums;

public enum TimeInForce
{
    [Map("GTC")] GoodTillCanceled,
    [Map("IOC")] ImmediateOrCancel,
    [Map("FOK")] FillOrKill,
    [Map("GTX")] GoodTillCrossing,
    [Map("GTE_GTC")] GoodTillExpiredOrCanceled,
    [Map("GTD")] GoodTillDate,
    [Map("RPI")] Rpi,
}
