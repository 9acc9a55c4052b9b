using Quantum.Contracts.Events;

namespace Quantum.Roles.Sizing;

/// <summary>A size, or the reason why there is none.</summary>
/// <param name="PositionSizeUsd">Notional, USD.</param>
/// <param name="Leverage">From 1.</param>
/// <param name="RiskFraction">Loss at the assumed stop over equity, fraction.</param>
/// <param name="SizeFraction">The policy's share, 0 to 1.</param>
/// <param name="StateKey">The state the policy saw.</param>
/// <param name="Reasoning">In words, with the values.</param>
public sealed record PositionSize(
    decimal PositionSizeUsd, int Leverage, double RiskFraction, double SizeFraction, string StateKey, string Reasoning);

/// <summary>
/// The arithmetic around the policy. The risk budget gives the largest notional:
/// <c>equity * risk_per_trade / stop</c>, with the stop two ATR away, at least 0.5 %. The policy takes a share of it, the
/// request's limits cut it, and leverage is the least at which the margin fits into a quarter of the free margin.
/// </summary>
public static class PositionSizing
{
    /// <summary>Assumed stop in ATR; the executor sets the real one.</summary>
    private const double StopInAtr = 2;

    /// <summary>Smallest assumed stop, fraction of price.</summary>
    private const double LeastStopFraction = 0.005;

    /// <summary>Most free margin that one position may bind, fraction.</summary>
    private const decimal FreeMarginShare = 0.25m;

    /// <summary>Names the first field of a request that is out of range, with value and range; null when all are in range.</summary>
    public static string? FaultOf(in SizingRequested request)
    {
        if (!InRange(request.Confidence, 0, 1)) return $"confidence is {request.Confidence}: it must be from 0 to 1.";
        if (request.Price <= 0) return $"price is {request.Price}: it must be above 0.";
        if (request.AtrValue is not { } atr) return "atr_value is unknown: without it there is no stop to size for.";
        if (!InRange(atr, 1e-6, 0.5)) return $"atr_value is {atr}: it must be a fraction of price from 0.000001 to 0.5.";
        if (request.VolatilityFactor is { } vf && !InRange(vf, 0, 10)) return $"volatility_factor is {vf}: it must be from 0 to 10.";
        if (request.ExchangeDivergence is { } d && !InRange(d, 0, 1)) return $"exchange_divergence is {d}: it must be from 0 to 1.";
        if (request.FundingRate is { } f && !InRange(f, -0.05, 0.05)) return $"funding_rate is {f}: it must be from -0.05 to 0.05.";
        if (request.EquityUsd <= 0) return $"equity_usd is {request.EquityUsd}: it must be above 0.";
        if (request.FreeMarginUsd < 0) return $"free_margin_usd is {request.FreeMarginUsd}: it must not be below 0.";
        if (!(request.GrossExposureFraction >= 0)) return $"gross_exposure_fraction is {request.GrossExposureFraction}: it must not be below 0.";
        if (request.MaxPositionSizeUsd <= 0) return $"max_position_size_usd is {request.MaxPositionSizeUsd}: it must be above 0.";
        if (request.MaxLeverage is < 1 or > 125) return $"max_leverage is {request.MaxLeverage}: it must be from 1 to 125.";
        return InRange(request.RiskPerTradeFraction, 1e-6, 0.1)
            ? null
            : $"risk_per_trade_fraction is {request.RiskPerTradeFraction}: it must be above 0 and at most 0.1.";
    }

    /// <summary>Sizes a request that has no fault; null when the free margin carries nothing.</summary>
    public static PositionSize? SizeOf(in SizingRequested request, SizingPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var state = SizingStateKey.Of(request.Regime, request.Confidence, request.GrossExposureFraction);
        var fraction = policy.FractionOf(state);
        var stop = Math.Max(StopInAtr * request.AtrValue!.Value, LeastStopFraction);
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
            FormattableString.Invariant($"{fraction:0.##} of {budget:0.##} USD for {state.Text}, stop {stop:0.####}, risk {risk:0.#####} of equity"));
    }

    private static bool InRange(double value, double least, double most) => value >= least && value <= most;
}
