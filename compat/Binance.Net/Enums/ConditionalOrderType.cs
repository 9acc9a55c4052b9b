namespace Binance.Net.Enums;

public enum ConditionalOrderType
{
    [Map("STOP")] Stop,
    [Map("STOP_MARKET")] StopMarket,
    [Map("TAKE_PROFIT")] TakeProfit,
    [Map("TAKE_PROFIT_MARKET")] TakeProfitMarket,
    [Map("TRAILING_STOP_MARKET")] TrailingStopMarket,
}
