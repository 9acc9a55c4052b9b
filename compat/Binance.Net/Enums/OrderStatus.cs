namespace Binance.Net.Enums;

public enum OrderStatus
{
    [Map("PENDING_NEW")] PendingNew,
    [Map("NEW")] New,
    [Map("PARTIALLY_FILLED")] PartiallyFilled,
    [Map("FILLED")] Filled,
    [Map("CANCELED")] Canceled,
    [Map("PENDING_CANCEL")] PendingCancel,
    [Map("REJECTED")] Rejected,
    [Map("EXPIRED")] Expired,
    [Map("NEW_INSURANCE")] Insurance,
    [Map("NEW_ADL")] Adl,
    [Map("EXPIRED_IN_MATCH")] ExpiredInMatch,
}
