namespace Quantum.Venue.Accounts;

/// <summary>Binance's words of orders that more than one place needs.</summary>
internal static class OrderWords
{
    public const string New = "NEW";
    public const string PartiallyFilled = "PARTIALLY_FILLED";
    public const string Filled = "FILLED";
    public const string Canceled = "CANCELED";
    public const string Rejected = "REJECTED";
    public const string Expired = "EXPIRED";

    public const string Triggering = "TRIGGERING";
    public const string Triggered = "TRIGGERED";
    public const string Finished = "FINISHED";

    public const string Limit = "LIMIT";
    public const string Market = "MARKET";
    public const string Liquidation = "LIQUIDATION";

    public const string Stop = "STOP";
    public const string StopMarket = "STOP_MARKET";
    public const string TakeProfit = "TAKE_PROFIT";
    public const string TakeProfitMarket = "TAKE_PROFIT_MARKET";
    public const string Trailing = "TRAILING_STOP_MARKET";

    public const string ContractPrice = "CONTRACT_PRICE";
    public const string MarkPrice = "MARK_PRICE";

    /// <summary>Client id of every auto-deleveraging.</summary>
    public const string AdlClientId = "adl_autoclose";

    public const string Gtc = "GTC";
}
