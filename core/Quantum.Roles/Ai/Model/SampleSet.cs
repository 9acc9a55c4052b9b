using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Plans;

namespace Quantum.Roles.Ai.Model;

/// <summary>
/// Features of candles with the outcome of the trade that would have been taken on them, in order of time over all
/// symbols. Where both sides lost, or neither won, the candle tells no direction and is left out.
/// </summary>
internal sealed class SampleSet
{
    private readonly List<Sample> _samples = [];
    private readonly FeatureRows _rows = new();
    private readonly EntryPlanSettings _plan;
    private int _stride;

    /// <param name="plan">Stop, target and time of the trade.</param>
    /// <param name="stride">Every how many candles a sample is taken, from 1.</param>
    public SampleSet(EntryPlanSettings plan, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        (_plan, _stride) = (plan, stride);
    }

    public int Count => _samples.Count;

    /// <summary>Length of its candles, ms; that of a minute before the first.</summary>
    public long SpanMs { get; private set; } = Candle.LengthMs;

    /// <summary>How far a label looks ahead at most, ms.</summary>
    public long HorizonMs => EntryPlan.Of(0, SpanMs, _plan).HoldCandles * SpanMs;

    /// <summary>In order of time after <see cref="Sort"/>.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>
    /// The features of a sample that tell a direction, in order, with what fills its row up.
    /// </summary>
    public ReadOnlySpan<double> FeaturesOf(in Sample sample) => _rows[sample.Row];

    /// <summary>Begins anew in the room that it has.</summary>
    /// <param name="stride">Every how many candles a sample is taken, from 1.</param>
    public void Reset(int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        _stride = stride;
        SpanMs = Candle.LengthMs;
        _samples.Clear();
        _rows.Clear();
    }

    /// <summary>Adds one symbol's candles, in order of time; nothing looks across a gap.</summary>
    public void Add(string symbol, ReadOnlySpan<Candle> candles)
    {
        var window = new FeatureWindow();
        for (var i = 0; i < candles.Length; i++)
        {
            ref readonly var candle = ref candles[i];
            if (!window.Continues(candle.OpenTimeMs)) window.Reset();
            window.Add(in candle);
            SpanMs = candle.SpanMs;
            if (!window.IsReady() || candle.OpenTimeMs / candle.SpanMs % _stride != 0) continue;
            var plan = EntryPlan.Of(window.AtrFraction(), candle.SpanMs, _plan);
            if (BarrierOutcome.Of(candles, i, plan) is not { HasWinner: true } outcome) continue;
            FeatureSet.ComputeDirectional(window, _rows.Next());
            _samples.Add(new Sample(symbol, candle.CloseTimeMs, _rows.Count - 1, outcome.LongR, outcome.ShortR));
        }
    }

    /// <summary>Puts the samples of all symbols in order of time, then of symbol.</summary>
    public void Sort() => _samples.Sort(static (left, right) =>
    {
        var byTime = left.AtMs.CompareTo(right.AtMs);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Symbol, right.Symbol);
    });
}

/// <summary>One candle's features and what the trade on it made.</summary>
/// <param name="Symbol">Whose candle.</param>
/// <param name="AtMs">End of the candle, UTC epoch ms.</param>
/// <param name="Row">Where its features are, from 0: see <see cref="SampleSet.FeaturesOf"/>.</param>
/// <param name="LongR">Result of a long before costs, R, -1 to 1.</param>
/// <param name="ShortR">Result of a short before costs, R, -1 to 1.</param>
internal readonly record struct Sample(string Symbol, long AtMs, int Row, double LongR, double ShortR)
{
    /// <summary>True when the long side won.</summary>
    public bool Rose => LongR > 0;
}
