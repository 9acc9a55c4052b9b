namespace Binance.Net.Enums;

public enum TradeRulesBehaviour
{
    None,
    ThrowError,
    AutoComply,
}
