using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Ai;

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
