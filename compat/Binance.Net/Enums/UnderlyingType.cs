namespace Binance.Net.Enums;

public enum UnderlyingType
{
    [Map("COIN")] Coin,
    [Map("INDEX")] Index,
    [Map("PREMARKET")] PreMarket,
    [Map("COMMODITY")] Commodity,
    [Map("EQUITY")] Equity,
    [Map("KR_EQUITY")] KrEquity,
}
