namespace Binance.Net.Enums;

public enum SymbolFilterType
{
    [Map("")] Unknown,
    [Map("PRICE_FILTER")] Price,
    [Map("PERCENT_PRICE")] PricePercent,
    [Map("LOT_SIZE")] LotSize,
    [Map("MARKET_LOT_SIZE")] MarketLotSize,
    [Map("MIN_NOTIONAL")] MinNotional,
    [Map("MAX_NUM_ORDERS")] MaxNumberOrders,
    [Map("MAX_NUM_ALGO_ORDERS")] MaxNumberAlgorithmicOrders,
    [Map("ICEBERG_PARTS")] IcebergParts,
    [Map("MAX_POSITION")] MaxPosition,
    [Map("PERCENT_PRICE_BY_SIDE")] PercentagePriceBySide,
    [Map("TRAILING_DELTA")] TrailingDelta,
    [Map("NOTIONAL")] Notional,
    [Map("EXCHANGE_MAX_NUM_ICEBERG_ORDERS")] IcebergOrders,
    [Map("POSITION_RISK_CONTROL")] PositionRiskControl,
    [Map("MAX_NUM_ORDER_AMENDS")] OrderAmends,
    [Map("MAX_NUM_ORDER_LISTS")] OrderLists,
}
