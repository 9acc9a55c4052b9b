namespace Binance.Net.Enums;

public enum AlgoOrderStatus
{
    [Map("NEW")] New,
    [Map("CANCELED")] Canceled,
    [Map("TRIGGERING")] Triggering,
    [Map("TRIGGERED")] Triggered,
    [Map("FINISHED")] Finished,
    [Map("REJECTED")] Rejected,
    [Map("EXPIRED")] Expired,
}
