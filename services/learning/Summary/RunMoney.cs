namespace Quantum.Learning.Summary;

/// <summary>
/// The money of a run from two sources that must agree: the journal's fills, fees and funding, and what the portfolio
/// last told. End equity = start + realised + unrealised + funding - fees; what does not fit is shown.
/// </summary>
public sealed record RunMoney
{
    /// <summary>Equity before the first trade, USD.</summary>
    public required decimal StartEquityUsd { get; init; }

    /// <summary>Gross of fees and funding, by the fills, open positions' closed parts included, USD.</summary>
    public required decimal RealizedUsd { get; init; }

    /// <summary>Of the open positions at mark, USD.</summary>
    public required decimal UnrealizedUsd { get; init; }

    /// <summary>As the portfolio last told it, USD.</summary>
    public required decimal EndEquityUsd { get; init; }

    /// <summary>End equity less the sum of the parts, USD; 0 unless a position was adjusted to the venue's.</summary>
    public required decimal UnexplainedUsd { get; init; }

    public required IReadOnlyList<OpenPosition> Open { get; init; }

    /// <summary>Of all open positions, USD.</summary>
    public decimal ClosingCostUsd => Open.Sum(position => position.ClosingCostUsd);

    /// <param name="startUsd">Equity before the first trade, USD.</param>
    /// <param name="endUsd">Equity as the portfolio last told it, USD.</param>
    /// <param name="fills">Every fill of the journal.</param>
    /// <param name="held">What the portfolio last told of the positions.</param>
    /// <param name="cost">What closing costs.</param>
    /// <param name="ended">Symbols whose data ended before the tape, with the last price's time.</param>
    public static RunMoney Of(
        decimal startUsd, decimal endUsd, IReadOnlyList<RunFill> fills, IReadOnlyList<SymbolExposure> held,
        ClosingCost cost, IReadOnlyDictionary<string, DateTime> ended)
    {
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentNullException.ThrowIfNull(ended);
        OpenPosition[] open =
        [
            .. held.Where(row => row.Quantity != 0).Select(row => new OpenPosition(
                row.Symbol.Name, row.Quantity > 0 ? "LONG" : "SHORT", Math.Abs(row.Quantity), row.EntryPrice,
                row.NotionalUsd / row.Quantity, Math.Abs(row.NotionalUsd),
                row.NotionalUsd - row.Quantity * row.EntryPrice, cost.OfUsd(Math.Abs(row.NotionalUsd)),
                ended.TryGetValue(row.Symbol.Name, out var at) ? at : null)),
        ];
        // What the fills paid and took, plus what the open positions cost: the order of the fills does not matter.
        var realizedUsd = fills.Sum(fill => -fill.SignedQuantity * fill.Price)
            + held.Sum(row => row.Quantity * row.EntryPrice);
        var unrealizedUsd = open.Sum(position => position.UnrealizedUsd);
        var (feesUsd, fundingUsd) = (fills.Sum(fill => fill.FeeUsd), fills.Sum(fill => fill.FundingUsd));
        var sumUsd = startUsd + realizedUsd + unrealizedUsd + fundingUsd - feesUsd;
        return new RunMoney
        {
            StartEquityUsd = startUsd, RealizedUsd = realizedUsd, UnrealizedUsd = unrealizedUsd, EndEquityUsd = endUsd,
            UnexplainedUsd = Math.Round(endUsd - sumUsd, 8), Open = open,
        };
    }
}

/// <summary>One row of the journal's results as money.</summary>
/// <param name="SignedQuantity">Base quantity, bought (+) or sold (-); 0 for funding.</param>
/// <param name="Price">Quote currency; 0 without a fill.</param>
/// <param name="FundingUsd">Received (+) or paid (-), USD.</param>
public sealed record RunFill(decimal SignedQuantity, decimal Price, decimal FeeUsd, decimal FundingUsd);
