namespace Binance.Net.Enums;

public enum FuturesMarginType
{
    [Map("ISOLATED", "isolated")] Isolated,
    [Map("CROSSED", "cross")] Cross,
}
