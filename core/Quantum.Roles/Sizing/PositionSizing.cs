using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

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
/// The arithmetic around the policy. The risk budget gives the largest notional: <c>equity * risk_per_trade /
/// stop</c>, with the stop two ATR away, at least 0.5 %. The policy takes a share of it, the request's limits cut it,
/// and leverage is the least at which the margin fits into a quarter of the free margin.
/// </summary>
public static class PositionSizing
{
    /// <summary>Most free margin that one position may bind, fraction.</summary>
    public const decimal FreeMarginShare = 0.25m;

    /// <summary>Assumed stop in ATR; the executor sets the real one.</summary>
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

    /// <summary>Sizes a request that has no fault; null when the free margin carries nothing.</summary>
    public static PositionSize? SizeOf(in SizingRequested request, SizingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var state = SizingStateKey.Of(
            request.Ilf.Regime ?? Regime.Unknown, request.Confidence, request.GrossExposureFraction);
        var fraction = policy.FractionOf(state);
        var stop = request.StopFraction ?? Math.Max(StopInAtr * request.Ilf.AtrValue!.Value, LeastStopFraction);
        if (request.Exploration) return Least(in request, stop, fraction, state.Text);
        var budget = request.EquityUsd * (decimal)(request.RiskPerTradeFraction / stop);
        var marginLimit = request.FreeMarginUsd * FreeMarginShare;
        var size = Math.Min(budget * (decimal)fraction, request.MaxPositionSizeUsd);
        size = Math.Min(size, marginLimit * request.MaxLeverage);
        size = Math.Round(size, 2, MidpointRounding.ToZero);
        if (size <= 0) return null;
        var leverage = Math.Clamp((int)Math.Ceiling(size / marginLimit), 1, request.MaxLeverage);
        var risk = (double)(size / request.EquityUsd) * stop;
        return new PositionSize(
            size, leverage, risk, fraction, state.Text,
            FormattableString.Invariant($"{fraction:0.##} of {budget:0.##} USD for {state.Text}, ")
            + FormattableString.Invariant($"stop {stop:0.####}, risk {risk:0.#####} of equity"));
    }

    // What is made to learn is made at the least size, whatever the policy's share; the share is told to learn from.
    private static PositionSize Least(in SizingRequested request, double stop, double fraction, string state) => new(
        request.MaxPositionSizeUsd, 1, (double)(request.MaxPositionSizeUsd / request.EquityUsd) * stop, fraction, state,
        FormattableString.Invariant($"the least order, made to learn, for {state}, stop {stop:0.####}"));

    private static string Fault(string name, object value, string range) =>
        FormattableString.Invariant($"{name} is {value}: it must be {range}.");

    private static bool InRange(double value, double least, double most) => value >= least && value <= most;
}
