using Quantum.Contracts.Units;

namespace Quantum.Roles.Executor.State;

/// <summary>The last trade price of a symbol.</summary>
internal sealed class KnownPrice
{
    /// <summary>Quote currency, above 0.</summary>
    public decimal Price { get; set; }

    /// <summary>Best bid, or null.</summary>
    public decimal? BidPrice { get; set; }

    /// <summary>Best ask, or null.</summary>
    public decimal? AskPrice { get; set; }

    /// <summary>UTC epoch ms.</summary>
    public long AtMs { get; set; }

    /// <summary>What an order of that side would pay or get now, before impact.</summary>
    public decimal For(Side side) => (side == Side.Buy ? AskPrice : BidPrice) ?? Price;
}
