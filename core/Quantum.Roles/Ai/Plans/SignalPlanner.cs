using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Ai.Plans;

/// <summary>One side's trade and what is expected of it.</summary>
internal readonly record struct PlannedTrade(Side Side, EntryPlan Plan, TradeCost Cost, ExpectedOutcome Outcome)
{
    /// <summary>What each feature adds to the outcome; of the trade that was chosen alone.</summary>
    public IReadOnlyList<FeatureShare> Shares { get; init; } = [];

    /// <summary>Expected result after all costs, R.</summary>
    public double NetR => Outcome.ResultR - Cost.RoundTripFraction / Plan.StopFraction;
}

/// <summary>Plans the trade of both sides at a candle's close; the one that is expected to make more is the signal.
/// </summary>
internal static class SignalPlanner
{
    private const double MinuteMs = 60_000;

    /// <param name="symbol">Whose trade.</param>
    /// <param name="window">Ready.</param>
    /// <param name="model">Fits the features.</param>
    /// <param name="fact">Of the market before the candle's end; null when unknown.</param>
    /// <param name="settings">Plan and cost.</param>
    public static PlannedTrade Best(
        Symbol symbol, FeatureWindow window, OutcomeModel model, MarketFact? fact, AiEngineSettings settings)
    {
        Span<double> features = stackalloc double[FeatureSet.Directional.Count];
        FeatureSet.ComputeDirectional(window, features);
        var plan = EntryPlan.Of(window.AtrFraction(), window.SpanMs, settings.Plan);
        var minuteValueUsd = window.Volumes.Average() * window.Closes[^1] / (window.SpanMs / MinuteMs);
        var tickFraction = settings.TickFraction(symbol, window.Closes[^1]);
        var holdMs = plan.HoldCandles * window.SpanMs;
        var buy = Of(Side.Buy, features);
        var sell = Of(Side.Sell, features);
        var best = buy.NetR >= sell.NetR ? buy : sell;
        return best with { Shares = model.SharesOf(features, best.Side) };

        PlannedTrade Of(Side side, ReadOnlySpan<double> of) => new(
            side, plan,
            TradeCost.Of(
                side, fact?.SpreadFraction, tickFraction, minuteValueUsd, fact?.FundingRate, holdMs, settings.Cost),
            model.Expect(of, side));
    }
}

/// <summary>
/// The exit plan of an entry as label, signal, intent and ExitBrain know it: a triple barrier (Lopez de Prado 2018,
/// ch. 3) of a stop, a target as far away on the other side, and a time stop. It is the same for both sides and for
/// every regime, so that a market without direction gives it even odds whatever its weather, and a model that finds
/// better ones has found a direction.
/// </summary>
/// <param name="StopFraction">Distance of the stop, fraction of price: 1 R; above 0.</param>
/// <param name="HoldCandles">Candles until the time stop, from 1.</param>
internal readonly record struct EntryPlan(double StopFraction, int HoldCandles)
{
    /// <summary>stop = StopInRanges * ATR * sqrt(candles held), within its limits.</summary>
    /// <param name="atrFraction">Average true range of a candle, fraction of price, 0 or more.</param>
    /// <param name="candleMs">Length of a candle, ms.</param>
    /// <param name="settings">Distances and time.</param>
    public static EntryPlan Of(double atrFraction, long candleMs, EntryPlanSettings settings)
    {
        var hold = (int)Math.Clamp(settings.HoldMs / candleMs, 1, 100_000);
        var stop = settings.StopInRanges * atrFraction * Math.Sqrt(hold);
        return new EntryPlan(Math.Clamp(stop, settings.LeastStopFraction, settings.MostStopFraction), hold);
    }
}

/// <summary>
/// What a round trip costs, as fractions of the notional: two taking fees, the spread once (half of it on each way),
/// impact on both ways by the square-root law (Almgren et al. 2005: impact grows with the root of the share of the
/// volume), what is lost because a way is paid in whole ticks, and the funding expected over the hold, which a short
/// receives where a long pays.
/// </summary>
internal readonly record struct TradeCost
{
    private const double FundingPeriodMs = 8 * 3_600_000.0;

    /// <summary>Two taking fees, fraction.</summary>
    public required double FeesFraction { get; init; }

    /// <summary>Ask less bid over mid, fraction.</summary>
    public required double SpreadFraction { get; init; }

    /// <summary>Of both ways, fraction.</summary>
    public required double ImpactFraction { get; init; }

    /// <summary>Of both ways: what each pays is a whole number of ticks, never fewer than it costs, fraction.</summary>
    public required double RoundingFraction { get; init; }

    /// <summary>Expected to be paid (+) or received (-) over the hold, fraction.</summary>
    public required double FundingFraction { get; init; }

    /// <summary>All of it, fraction; below 0 only where funding pays for everything.</summary>
    public double RoundTripFraction =>
        FeesFraction + SpreadFraction + ImpactFraction + RoundingFraction + FundingFraction;

    /// <param name="side">Of the entry.</param>
    /// <param name="spreadFraction">As quoted; null: the settings' own.</param>
    /// <param name="tickFraction">The least step of the price over the price; 0 when it is unknown.</param>
    /// <param name="minuteValueUsd">Value traded in a minute, USD, 0 or more.</param>
    /// <param name="fundingRate">Per 8 hours, fraction; null counts as none.</param>
    /// <param name="holdMs">Until the time stop, ms.</param>
    /// <param name="settings">Fees and impact.</param>
    public static TradeCost Of(
        Side side, double? spreadFraction, double tickFraction, double minuteValueUsd, double? fundingRate, long holdMs,
        CostSettings settings)
    {
        var spread = spreadFraction ?? 2 * settings.HalfSpreadFraction;
        var share = Math.Min(1, settings.ReferenceNotionalUsd / Math.Max(minuteValueUsd, 1));
        var impact = settings.ImpactFraction * Math.Sqrt(share);
        var way = spread / 2 + impact;
        return new TradeCost
        {
            FeesFraction = 2 * settings.TakerFeeFraction,
            SpreadFraction = spread,
            ImpactFraction = 2 * impact,
            RoundingFraction = tickFraction > 0
                ? 2 * (Math.Ceiling(way / tickFraction) * tickFraction - way) : 0,
            FundingFraction = (int)side.Sign() * (fundingRate ?? 0) * (holdMs / FundingPeriodMs),
        };
    }
}
