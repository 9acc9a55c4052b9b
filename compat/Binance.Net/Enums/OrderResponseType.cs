namespace Binance.Net.Enums;

public enum OrderResponseType
{
    [Map("ACK")] Acknowledge,
    [Map("RESULT")] Result,
    [Map("FULL")] Full,
}
