namespace Quantum.Roles.ExitBrain;

/// <summary>The reason codes of exits and closed trades.</summary>
internal static class ExitReasons
{
    public const string StopLoss = "stop_loss";
    public const string BreakEven = "break_even";
    public const string ProfitLock = "profit_lock";
    public const string TrailingStop = "trailing_stop";
    public const string VolatilityStop = "volatility_stop";
    public const string PolicyStop = "policy_stop";
    public const string TimeStop = "time_stop";
    public const string FirstTargetMissed = "first_target_missed";
    public const string LiquidationGuard = "liquidation_guard";
    public const string Liquidation = "liquidation";

    /// <summary>The operator wants no position.</summary>
    public const string OperatorFlatten = "operator_flatten";

    /// <summary>An operator had tightened the stop.</summary>
    public const string OperatorStop = TradeIntent.OperatorStopReason;

    /// <summary>The executor closed what it could not protect.</summary>
    public const string Unprotected = "unprotected";

    public const string Adjustment = "position_adjusted";
    public const string Exit = "exit";

    /// <summary>The n-th target's code, from 1.</summary>
    public static string TakeProfit(int number) => string.Create(CultureInfo.InvariantCulture, $"take_profit_{number}");
}
