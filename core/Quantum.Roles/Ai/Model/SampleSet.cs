using Quantum.Roles.Ai.Features;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// Features of candles with what came after them, in order of time over all symbols. The label is the plain sign of the
/// log return over the horizon, because the signal's confidence is the probability that the side wins; a dead zone for
/// fees would make it the probability given a large move. A return of exactly 0 has no winner and is left out.
/// </summary>
internal sealed class SampleSet
{
    private readonly List<Sample> _samples = [];
    private readonly int _horizon;
    private readonly int _stride;

    /// <param name="horizonCandles">How far the label looks ahead, candles, from 1.</param>
    /// <param name="stride">Every how many candles a sample is taken, from 1.</param>
    public SampleSet(int horizonCandles, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonCandles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        _horizon = horizonCandles;
        _stride = stride;
    }

    public int Count => _samples.Count;

    /// <summary>In order of time after <see cref="Sort"/>.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Adds one symbol's candles, in order of time; nothing looks across a gap.</summary>
    public void Add(string symbol, IReadOnlyList<Candle> candles)
    {
        var window = new FeatureWindow();
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            if (!window.Continues(candle.OpenTimeMs)) window.Reset();
            window.Add(in candle);
            if (!window.IsReady() || candle.OpenTimeMs / candle.SpanMs % _stride != 0) continue;
            if (i + _horizon >= candles.Count) continue;
            var after = candles[i + _horizon];
            if (after.OpenTimeMs - candle.OpenTimeMs != _horizon * candle.SpanMs) continue;
            if (after.Close == candle.Close) continue;
            var features = new double[FeatureSet.Count];
            FeatureSet.Compute(window, features);
            _samples.Add(new Sample(symbol, candle.CloseTimeMs, features, after.Close > candle.Close)
            {
                SpanMs = candle.SpanMs,
            });
        }
    }

    /// <summary>Puts the samples of all symbols in order of time, then of symbol.</summary>
    public void Sort() => _samples.Sort(static (left, right) =>
    {
        var byTime = left.AtMs.CompareTo(right.AtMs);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Symbol, right.Symbol);
    });
}

/// <summary>One candle's features and what the price did over the horizon.</summary>
/// <param name="Symbol">Whose candle.</param>
/// <param name="AtMs">End of the candle, UTC epoch ms.</param>
/// <param name="Features">In the order of the feature set.</param>
/// <param name="Rose">True when the price was higher at the horizon.</param>
internal sealed record Sample(string Symbol, long AtMs, double[] Features, bool Rose)
{
    /// <summary>Length of the candle, ms.</summary>
    public long SpanMs { get; init; } = Candle.LengthMs;
}
