namespace Quantum.Roles.Ai.Features;

/// <summary>
/// What the features of one symbol remember of its candles: a short window and a few running averages, brought forward
/// by each candle. A gap empties it, for no feature looks across one.
/// </summary>
internal sealed class FeatureWindow
{
    /// <summary>Candles after which the running averages have forgotten how they started (below 0.3 %).</summary>
    public const int WarmUpCandles = 90;

    /// <summary>Closes kept: the 60-candle return needs one more than 60.</summary>
    public const int CloseCount = 61;

    /// <summary>Highs and lows kept.</summary>
    public const int RangeCount = 30;

    /// <summary>Volumes kept.</summary>
    public const int VolumeCount = 20;

    /// <summary>Wilder's period, candles.</summary>
    public const int WilderPeriod = 14;

    // Follow from what is saved, and are made anew after loading.
    private readonly List<double> _logs = [];
    private readonly List<double> _moves = [];
    private readonly List<double> _flows = [];

    /// <summary>Candles since the last gap, from 0.</summary>
    public int Candles { get; set; }

    /// <summary>Start of the newest candle, UTC epoch ms; 0 when empty.</summary>
    public long LastOpenTimeMs { get; set; }

    /// <summary>Length of its candles, ms.</summary>
    public long SpanMs { get; set; } = Candle.LengthMs;

    /// <summary>First price of the newest candle.</summary>
    public double LastOpen { get; set; }

    /// <summary>The newest closes, oldest first, <see cref="CloseCount"/> at most.</summary>
    public List<double> Closes { get; init; } = [];

    /// <summary>The newest highs, oldest first, <see cref="RangeCount"/> at most.</summary>
    public List<double> Highs { get; init; } = [];

    /// <summary>The newest lows, oldest first, <see cref="RangeCount"/> at most.</summary>
    public List<double> Lows { get; init; } = [];

    /// <summary>The newest volumes, oldest first, <see cref="VolumeCount"/> at most.</summary>
    public List<double> Volumes { get; init; } = [];

    /// <summary>Wilder's average true range (14), quote currency.</summary>
    public double Atr { get; set; }

    /// <summary>The same of the logarithms of the prices: a fraction that mirrors exactly.</summary>
    public double LogAtr { get; set; }

    /// <summary>Wilder's average (14) of the rises of ln close.</summary>
    public double Gain { get; set; }

    /// <summary>Wilder's average (14) of the falls of ln close.</summary>
    public double Loss { get; set; }

    /// <summary>EMA 12 of ln close.</summary>
    public double FastEma { get; set; }

    /// <summary>EMA 26 of ln close.</summary>
    public double SlowEma { get; set; }

    /// <summary>EMA 30 of ln close.</summary>
    public double TrendEma { get; set; }

    /// <summary>EMA 9 of (EMA 12 - EMA 26).</summary>
    public double MacdSignal { get; set; }

    /// <summary>True when every feature is known.</summary>
    public bool IsReady() => Candles >= WarmUpCandles;

    /// <summary>True when a candle starting then follows the newest one, or when there is none yet.</summary>
    public bool Continues(long openTimeMs) => Candles == 0 || openTimeMs == LastOpenTimeMs + SpanMs;

    /// <summary>Average true range (14, Wilder 1978) over the newest close, fraction.</summary>
    public double AtrFraction() => Atr / Closes[^1];

    /// <summary>ln of the close that many candles before the newest, 0 to 60.</summary>
    public double LogClose(int back)
    {
        if (_logs.Count != Closes.Count)
        {
            _logs.Clear();
            foreach (var close in Closes) _logs.Add(Math.Log(close));
        }

        return _logs[^(back + 1)];
    }

    /// <summary>|ln(c / c[1])| of a candle and the one before it, of that many candles before the newest, 0 to 59.
    /// </summary>
    public double LogMove(int back)
    {
        if (_moves.Count != Closes.Count)
        {
            _moves.Clear();
            for (var at = Closes.Count - 1; at >= 0; at--)
                _moves.Add(at == Closes.Count - 1 ? 0 : Math.Abs(LogClose(at) - LogClose(at + 1)));
        }

        return _moves[^(back + 1)];
    }

    /// <summary>
    /// 2 ln(c / l) / ln(h / l) - 1: where in its range a candle closed, -1 to 1; null without a range. Of that many
    /// candles before the newest, 0 to 19.
    /// </summary>
    public double? Flow(int back)
    {
        if (_flows.Count != Volumes.Count)
        {
            _flows.Clear();
            for (var i = Volumes.Count; i >= 1; i--) _flows.Add(FlowOf(Highs[^i], Lows[^i], Closes[^i]));
        }

        return _flows[^(back + 1)] is var flow && double.IsNaN(flow) ? null : flow;
    }

    /// <summary>Takes the next closed candle.</summary>
    public void Add(in Candle candle)
    {
        if (!Continues(candle.OpenTimeMs))
            throw new InvalidOperationException(
                $"a candle of {candle.OpenTimeMs} does not follow {LastOpenTimeMs}: reset the window at a gap.");
        var log = Math.Log(candle.Close);
        if (Candles == 0) FastEma = SlowEma = TrendEma = log;
        else Average(in candle, log);
        if (_logs.Count == Closes.Count)
        {
            // Of the first candle there is no move.
            if (_moves.Count == Closes.Count)
                Push(_moves, _logs.Count == 0 ? 0 : Math.Abs(log - _logs[^1]), CloseCount);
            Push(_logs, log, CloseCount);
        }

        if (_flows.Count == Volumes.Count)
            Push(_flows, FlowOf(candle.High, candle.Low, candle.Close), VolumeCount);
        Push(Closes, candle.Close, CloseCount);
        Push(Highs, candle.High, RangeCount);
        Push(Lows, candle.Low, RangeCount);
        Push(Volumes, candle.Volume, VolumeCount);
        SpanMs = candle.SpanMs;
        LastOpen = candle.Open;
        LastOpenTimeMs = candle.OpenTimeMs;
        Candles++;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Candles = 0;
        LastOpenTimeMs = 0;
        LastOpen = Atr = LogAtr = Gain = Loss = FastEma = SlowEma = TrendEma = MacdSignal = 0;
        _logs.Clear();
        _moves.Clear();
        _flows.Clear();
        Closes.Clear();
        Highs.Clear();
        Lows.Clear();
        Volumes.Clear();
    }

    private void Average(in Candle candle, double log)
    {
        var before = Closes[^1];
        var change = log - LogClose(0);
        Atr = Wilder(Atr, Math.Max(candle.High, before) - Math.Min(candle.Low, before));
        LogAtr = Wilder(LogAtr, Math.Log(Math.Max(candle.High, before) / Math.Min(candle.Low, before)));
        Gain = Wilder(Gain, Math.Max(change, 0));
        Loss = Wilder(Loss, Math.Max(-change, 0));
        FastEma = Exponential(FastEma, log, 12);
        SlowEma = Exponential(SlowEma, log, 26);
        TrendEma = Exponential(TrendEma, log, 30);
        MacdSignal = Exponential(MacdSignal, FastEma - SlowEma, 9);
    }

    // The first value stems from the second candle; the mean of the first 14 is where the recursion starts.
    private double Wilder(double average, double next) => average + (next - average) / Math.Min(Candles, WilderPeriod);

    private static double Exponential(double average, double next, int period) =>
        average + (next - average) * 2 / (period + 1);

    private static double FlowOf(double high, double low, double close)
    {
        var range = Math.Log(high / low);
        return range >= FeatureSet.LeastRange ? 2 * Math.Log(close / low) / range - 1 : double.NaN;
    }

    private static void Push(List<double> window, double value, int capacity)
    {
        if (window.Count == capacity) window.RemoveAt(0);
        window.Add(value);
    }
}
