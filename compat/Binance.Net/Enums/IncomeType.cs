namespace Binance.Net.Enums;

public enum IncomeType
{
    [Map("TRANSFER")] Transfer,
    [Map("WELCOME_BONUS")] WelcomeBonus,
    [Map("REALIZED_PNL")] RealizedPnl,
    [Map("FUNDING_FEE")] FundingFee,
    [Map("COMMISSION")] Commission,
    [Map("INSURANCE_CLEAR")] InsuranceClear,
    [Map("REFERRAL_KICKBACK")] ReferralKickback,
    [Map("COMMISSION_REBATE")] CommissionRebate,
    [Map("API_REBATE")] ApiRebate,
    [Map("CONTEST_REWARD")] ContestReward,
    [Map("CROSS_COLLATERAL_TRANSFER")] CrossCollateralTransfer,
    [Map("OPTIONS_PREMIUM_FEE")] OptionsPremiumFee,
    [Map("OPTIONS_SETTLE_PROFIT")] OptionsSettleProfit,
    [Map("INTERNAL_TRANSFER")] InternalTransfer,
    [Map("AUTO_EXCHANGE")] AutoExchange,
    [Map("DELIVERED_SETTELMENT")] DeliveredSettlement,
    [Map("COIN_SWAP_DEPOSIT")] CoinSwapDeposit,
    [Map("COIN_SWAP_WITHDRAW")] CoinSwapWithdraw,
    [Map("POSITION_LIMIT_INCREASE_FEE")] PositionLimitIncreaseFee,
}
