using Quantum.Roles.Symbols;

namespace Quantum.Roles.Sizing;

/// <summary>A size that respects every limit of its request.</summary>
/// <param name="PositionSizeUsd">Notional, USD.</param>
/// <param name="Leverage">From 1.</param>
/// <param name="RiskFraction">Loss at the assumed stop over equity, fraction.</param>
/// <param name="SizeFraction">The policy's share, 0 to 1.</param>
/// <param name="StateKey">The state the policy saw.</param>
/// <param name="Reasoning">In words, with the values.</param>
public sealed record PositionSize(
    decimal PositionSizeUsd, int Leverage, double RiskFraction, double SizeFraction, string StateKey, string Reasoning);

/// <summary>
/// The arithmetic around the policy. Every cap comes first: the risk budget <c>equity * risk_per_trade / stop</c>, with
/// the stop two ATR away, at least 0.5 %; the room that the request leaves; a quarter of the free margin at the most
/// leverage. The policy's share is of the least of them, so that half the share is half the size; share 0, or a room
/// that cannot hold the least order, is no trade. Leverage is the least at which the margin fits into a quarter of the
/// free margin.
/// </summary>
public static class PositionSizing
{
    /// <summary>Most free margin that one position may bind, fraction.</summary>
    public const decimal FreeMarginShare = 0.25m;

    /// <summary>The least order must still be one when the price has moved a little, factor.</summary>
    private const decimal LeastSpare = 1.005m;

    /// <summary>Assumed stop in ATR.</summary>
    private const double StopInAtr = 2;

    /// <summary>Smallest assumed stop, fraction of price.</summary>
    private const double LeastStopFraction = 0.005;

    /// <summary>
    /// Names the first field of a request that is out of range, with value and range; null when all are in range.
    /// </summary>
    public static string? FaultOf(in SizingRequested request) =>
        MarketFaultOf(in request) ?? AccountFaultOf(in request);

    private static string? MarketFaultOf(in SizingRequested r)
    {
        if (!InRange(r.Confidence, 0, 1)) return Fault("confidence", r.Confidence, "from 0 to 1");
        if (r.Price <= 0) return Fault("price", r.Price, "above 0");
        if (r.Ilf.AtrValue is not { } atr) return "atr_value is unknown: without it there is no stop to size for.";
        if (!InRange(atr, 1e-6, 0.5)) return Fault("atr_value", atr, "a fraction of price from 0.000001 to 0.5");
        if (r.Ilf.VolatilityFactor is { } volatility && !InRange(volatility, 0, 10))
            return Fault("volatility_factor", volatility, "from 0 to 10");
        if (r.Ilf.ExchangeDivergence is { } divergence && !InRange(divergence, 0, 1))
            return Fault("exchange_divergence", divergence, "from 0 to 1");
        if (r.StopFraction is { } stop && !InRange(stop, 1e-6, 0.5))
            return Fault("stop_fraction", stop, "a fraction of price from 0.000001 to 0.5");
        return r.Ilf.FundingRate is { } funding && !InRange(funding, -0.05, 0.05)
            ? Fault("funding_rate", funding, "from -0.05 to 0.05")
            : null;
    }

    private static string? AccountFaultOf(in SizingRequested r)
    {
        if (r.EquityUsd <= 0) return Fault("equity_usd", r.EquityUsd, "above 0");
        if (r.FreeMarginUsd < 0) return Fault("free_margin_usd", r.FreeMarginUsd, "0 or more");
        if (!InRange(r.GrossExposureFraction, 0, double.MaxValue))
            return Fault("gross_exposure_fraction", r.GrossExposureFraction, "0 or more");
        if (r.MaxPositionSizeUsd <= 0) return Fault("max_position_size_usd", r.MaxPositionSizeUsd, "above 0");
        if (r.MaxLeverage is < 1 or > 125) return Fault("max_leverage", r.MaxLeverage, "from 1 to 125");
        return InRange(r.RiskPerTradeFraction, 1e-6, 0.1)
            ? null
            : Fault("risk_per_trade_fraction", r.RiskPerTradeFraction, "from 0.000001 to 0.1");
    }

    /// <summary>Sizes a request that has no fault; null when it carries nothing.</summary>
    public static PositionSize? SizeOf(in SizingRequested request, SizingPolicy policy) =>
        SizeOf(in request, policy, null, out _);

    /// <summary>Sizes a request that has no fault.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="filters">What the venue accepts in the symbol; null when not known, then no order is too small.
    /// </param>
    /// <param name="refusal">Why there is no size, in words with the values; null when there is one.</param>
    public static PositionSize? SizeOf(
        in SizingRequested request, SizingPolicy policy, SymbolFilters? filters, out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var state = SizingStateKey.Of(
            request.Ilf.Regime ?? Regime.Unknown, request.Confidence, request.GrossExposureFraction);
        var fraction = policy.FractionOf(state);
        var stop = request.StopFraction ?? Math.Max(StopInAtr * request.Ilf.AtrValue!.Value, LeastStopFraction);
        refusal = null;
        if (request.Exploration) return Least(in request, stop, fraction, state.Text);
        var marginLimit = request.FreeMarginUsd * FreeMarginShare;
        var most = Math.Min(
            Math.Min(request.EquityUsd * (decimal)(request.RiskPerTradeFraction / stop), request.MaxPositionSizeUsd),
            marginLimit * request.MaxLeverage);
        var size = Math.Round(most * (decimal)fraction, 2, MidpointRounding.ToZero);
        refusal = RefusalOf(in request, size, most, fraction, state.Text, LeastUsd(filters, request.Price));
        if (refusal is not null) return null;
        var leverage = Math.Clamp((int)Math.Ceiling(size / marginLimit), 1, request.MaxLeverage);
        var risk = (double)(size / request.EquityUsd) * stop;
        return new PositionSize(
            size, leverage, risk, fraction, state.Text,
            FormattableString.Invariant($"{fraction:0.##} of {most:0.##} USD for {state.Text}, ")
            + FormattableString.Invariant($"stop {stop:0.####}, risk {risk:0.#####} of equity"));
    }

    /// <summary>Notional of the least order at a price, USD, with a little to spare; 0 when not known.</summary>
    private static decimal LeastUsd(SymbolFilters? filters, decimal price)
    {
        if (filters is null) return 0;
        var quantity = Math.Max(filters.MinQuantity, filters.MinNotionalUsd / price);
        return Math.Ceiling(quantity / filters.StepSize) * filters.StepSize * price * LeastSpare;
    }

    private static string? RefusalOf(
        in SizingRequested request, decimal size, decimal most, double fraction, string state, decimal leastUsd)
    {
        if (fraction <= 0) return $"no size: the policy's share for {state} is 0, so it is not traded.";
        if (most <= 0) return Invariant($"no size: free_margin_usd {request.FreeMarginUsd} carries no position.");
        if (most < leastUsd)
            return Invariant($"no size: room for {most:0.##} USD cannot hold the least order of {leastUsd:0.##} USD.");
        return size <= 0 || size < leastUsd
            ? Invariant($"no size: a share of {fraction:0.##} of {most:0.##} USD is below the least order of ")
                + Invariant($"{leastUsd:0.##} USD.")
            : null;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // What is made to learn is made at the least size, whatever the policy's share; the share is told to learn from.
    private static PositionSize Least(in SizingRequested request, double stop, double fraction, string state) => new(
        request.MaxPositionSizeUsd, 1, (double)(request.MaxPositionSizeUsd / request.EquityUsd) * stop, fraction, state,
        FormattableString.Invariant($"the least order, made to learn, for {state}, stop {stop:0.####}"));

    private static string Fault(string name, object value, string range) =>
        FormattableString.Invariant($"{name} is {value}: it must be {range}.");

    private static bool InRange(double value, double least, double most) => value >= least && value <= most;
}
