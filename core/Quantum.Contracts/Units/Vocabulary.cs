using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Units;

/// <summary>Which way an order trades.</summary>
public enum Side
{
    [WireName("BUY")] Buy,
    [WireName("SELL")] Sell,
}

/// <summary>Which way a position gains.</summary>
public enum PositionSide
{
    [WireName("LONG")] Long,
    [WireName("SHORT")] Short,
}

/// <summary>What a system's orders touch. One per system; events of another mode are refused.</summary>
public enum TradingMode { Sim, Paper, Testnet, Live }

/// <summary>The one regime vocabulary of the whole system.</summary>
public enum Regime { Unknown, Bull, Bear, Range, Volatile, Uncertain }

/// <summary>How much risk governance allows: <c>Halt</c> blocks entries, exits stay possible.</summary>
public enum RiskMode { Normal, Aggressive, Defensive, Halt }

/// <summary>The one terminal state of an intent; <c>Applied</c> ends an intent that asks for no fill: a moved stop.</summary>
public enum Outcome { Filled, PartiallyFilled, Rejected, Denied, Expired, Superseded, Failed, Applied }

/// <summary>What an execution result reports: an intent's end, or an account change that no intent asked for.</summary>
public enum ResultKind { Intent, Stop, Liquidation, Funding, Adjustment }

/// <summary>Order types that the venue gateway knows.</summary>
public enum OrderType { Market, Limit, StopMarket, TakeProfitMarket }

/// <summary>What an order is for.</summary>
public enum OrderPurpose { Entry, Exit, Stop }

/// <summary>What the executor asks of the venue.</summary>
public enum OrderAction { Place, Cancel, Query }

/// <summary>An order's state as the venue tells it; <c>NotFound</c> answers a query.</summary>
public enum OrderStatus { Accepted, PartiallyFilled, Filled, Canceled, Rejected, Expired, NotFound, Unknown }

/// <summary>What a venue update is about.</summary>
public enum UpdateKind { Order, Fill, Funding, Liquidation, Position }

/// <summary>How a sizing request ended.</summary>
public enum SizingStatus { Decided, Refused, Unavailable }

/// <summary>Whether an adopted decision opens a trade.</summary>
public enum DecisionAction { Enter, Hold }

/// <summary>Conversions between the two sides.</summary>
public static class Sides
{
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
    public static PositionSide ToPositionSide(this Side entry) => entry == Side.Buy ? PositionSide.Long : PositionSide.Short;
    public static Side EntrySide(this PositionSide side) => side == PositionSide.Long ? Side.Buy : Side.Sell;
    public static Side ExitSide(this PositionSide side) => side == PositionSide.Long ? Side.Sell : Side.Buy;

    /// <summary>+1 for long, -1 for short.</summary>
    public static int Sign(this PositionSide side) => side == PositionSide.Long ? 1 : -1;

    /// <summary>+1 for buy, -1 for sell.</summary>
    public static int Sign(this Side side) => side == Side.Buy ? 1 : -1;
}
