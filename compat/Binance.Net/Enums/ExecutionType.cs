namespace Binance.Net.Enums;

public enum ExecutionType
{
    [Map("NEW")] New,
    [Map("CANCELED")] Canceled,
    [Map("REPLACED")] Replaced,
    [Map("REJECTED")] Rejected,
    [Map("TRADE")] Trade,
    [Map("EXPIRED")] Expired,
    [Map("AMENDMENT")] Amendment,
    [Map("TRADE_PREVENTION")] TradePrevention,
}
