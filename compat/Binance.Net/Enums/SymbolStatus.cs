namespace Binance.Net.Enums;

public enum SymbolStatus
{
    [Map("PRE_TRADING")] PreTrading,
    [Map("PENDING_TRADING")] PendingTrading,
    [Map("TRADING")] Trading,
    [Map("POST_TRADING")] PostTrading,
    [Map("END_OF_DAY")] EndOfDay,
    [Map("HALT")] Halt,
    [Map("AUCTION_MATCH")] AuctionMatch,
    [Map("BREAK")] Break,
    [Map("CLOSE")] Close,
    [Map("PRE_DELIVERING")] PreDelivering,
    [Map("DELIVERING")] Delivering,
    [Map("PRE_SETTLE")] PreSettle,
    [Map("SETTLING")] Settling,
    [Map("CANCEL_ONLY")] CancelOnly,
}
