namespace Binance.Net.Enums;

public enum SelfTradePreventionMode
{
    [Map("EXPIRE_TAKER")] ExpireTaker,
    [Map("EXPIRE_MAKER")] ExpireMaker,
    [Map("EXPIRE_BOTH")] ExpireBoth,
    [Map("DECREMENT")] Decrement,
    [Map("NONE")] None,
    [Map("TRANSFER")] Transfer,
}
