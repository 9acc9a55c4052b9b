namespace Binance.Net.Enums;

public enum ContractType
{
    [Map("PERPETUAL")] Perpetual,
    [Map("PERPETUAL DELIVERING")] PerpetualDelivering,
    [Map("CURRENT_MONTH")] CurrentMonth,
    [Map("CURRENT_QUARTER")] CurrentQuarter,
    [Map("CURRENT_QUARTER DELIVERING")] CurrentQuarterDelivering,
    [Map("NEXT_QUARTER")] NextQuarter,
    [Map("NEXT_QUARTER DELIVERING")] NextQuarterDelivering,
    [Map("NEXT_MONTH")] NextMonth,
    [Map("")] Unknown,
    [Map("TRADIFI_PERPETUAL")] PerpetualTradFi,
}
