namespace Binance.Net.Enums;

public enum FuturesOrderType
{
    [Map("LIMIT")] Limit,
    [Map("MARKET")] Market,
    [Map("STOP")] Stop,
    [Map("STOP_MARKET")] StopMarket,
    [Map("TAKE_PROFIT")] TakeProfit,
    [Map("TAKE_PROFIT_MARKET")] TakeProfitMarket,
    [Map("TRAILING_STOP_MARKET")] TrailingStopMarket,
    [Map("LIQUIDATION")] Liquidation,
}
