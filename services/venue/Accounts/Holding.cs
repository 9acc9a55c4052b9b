namespace Quantum.Venue.Accounts;

/// <summary>A symbol's position with what the exchange adds: what was realised, and where it breaks even.</summary>
internal sealed class Holding(Symbol symbol)
{
    public Symbol Symbol { get; } = symbol;

    /// <summary>Signed base quantity.</summary>
    public decimal Quantity { get; set; }

    /// <summary>0 when flat.</summary>
    public decimal EntryPrice { get; set; }

    /// <summary>Realised since the start, before fees, USD.</summary>
    public decimal RealizedUsd { get; set; }

    /// <summary>Fees of the open position, USD: with them it breaks even elsewhere.</summary>
    public decimal OpenFeesUsd { get; set; }

    /// <summary>Last change, UTC epoch ms; 0 before any.</summary>
    public long UpdatedMs { get; set; }

    /// <summary>Whether a margin call was sent and the position not yet safe again.</summary>
    public bool IsCalled { get; set; }

    public decimal BreakEvenPrice => Quantity == 0 ? 0 : EntryPrice + OpenFeesUsd / Quantity;

    /// <summary>Takes a fill; the PnL it realises, USD.</summary>
    public decimal Apply(decimal signed, decimal price, decimal feeUsd, long atMs)
    {
        UpdatedMs = atMs;
        if (Quantity * signed >= 0)
        {
            EntryPrice = (EntryPrice * Quantity + price * signed) / (Quantity + signed);
            Quantity += signed;
            OpenFeesUsd += feeUsd;
            return 0;
        }

        var closed = Math.Min(Math.Abs(Quantity), Math.Abs(signed)) * Math.Sign(Quantity);
        var realizedUsd = closed * (price - EntryPrice);
        RealizedUsd += realizedUsd;
        OpenFeesUsd *= 1 - closed / Quantity;
        var after = Quantity + signed;
        if (after == 0) EntryPrice = 0;
        else if (after * Quantity < 0) (EntryPrice, OpenFeesUsd) = (price, feeUsd * Math.Abs(after / signed));
        Quantity = after;
        return realizedUsd;
    }
}
