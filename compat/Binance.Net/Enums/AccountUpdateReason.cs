namespace Binance.Net.Enums;

public enum AccountUpdateReason
{
    [Map("DEPOSIT")] Deposit,
    [Map("WITHDRAW")] Withdraw,
    [Map("ORDER")] Order,
    [Map("FUNDING_FEE")] FundingFee,
    [Map("WITHDRAW_REJECT")] WithdrawReject,
    [Map("ADJUSTMENT")] Adjustment,
    [Map("INSURANCE_CLEAR")] InsuranceClear,
    [Map("ADMIN_DEPOSIT")] AdminDeposit,
    [Map("ADMIN_WITHDRAW")] AdminWithdraw,
    [Map("MARGIN_TRANSFER")] MarginTransfer,
    [Map("MARGIN_TYPE_CHANGE")] MarginTypeChange,
    [Map("ASSET_TRANSFER")] AssetTransfer,
    [Map("OPTIONS_PREMIUM_FEE")] OptionsPremiumFee,
    [Map("OPTIONS_SETTLE_PROFIT")] OptionsSettleProfit,
    [Map("AUTO_EXCHANGE")] AutoExchange,
    [Map("COIN_SWAP_WITHDRAW")] CoinSwapWithdraw,
    [Map("COIN_SWAP_DEPOSIT")] CoinSwapDeposit,
}
