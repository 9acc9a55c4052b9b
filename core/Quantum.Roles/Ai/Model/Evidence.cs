namespace Quantum.Roles.Ai.Model;

/// <summary>
/// What held-out predictions prove against a coin and against the base rate: the better of these two is what has to be
/// beaten. Predictions of one stretch of time stand or fall together, across symbols and overlapping labels alike, so
/// the error of the sum is taken over blocks of time of <see cref="HorizonsPerBlock"/> horizons, between which next to
/// nothing is shared.
/// </summary>
internal sealed class Evidence(long horizonMs)
{
    /// <summary>Length of a block in horizons: of the next one, a label at its end knows a quarter at most.</summary>
    public const int HorizonsPerBlock = 4;

    /// <summary>Fewer blocks prove nothing.</summary>
    public const int LeastBlocks = 10;

    // In order of time, as the samples are.
    private readonly List<(long Key, double Model, double Base, int Count)> _blocks = [];
    private double _model;
    private double _coin;
    private double _base;
    private double _brier;
    private int _right;
    private int _count;

    /// <summary>Samples added, from 0.</summary>
    public int Count => _count;

    /// <param name="sample">Held out; not before the one added last.</param>
    /// <param name="probabilityUp">What the model said.</param>
    /// <param name="baseRate">The share of rises in what it learnt from.</param>
    public void Add(Sample sample, double probabilityUp, double baseRate)
    {
        var model = ModelMath.LogLoss(probabilityUp, sample.Rose);
        var simple = ModelMath.LogLoss(baseRate, sample.Rose);
        var key = sample.AtMs / (HorizonsPerBlock * horizonMs);
        if (_blocks.Count == 0 || _blocks[^1].Key != key) _blocks.Add((key, 0, 0, 0));
        var block = _blocks[^1];
        _blocks[^1] = (key, block.Model + model, block.Base + simple, block.Count + 1);
        _model += model;
        _base += simple;
        _coin += Math.Log(2);
        _brier += Math.Pow(probabilityUp - (sample.Rose ? 1 : 0), 2);
        if (probabilityUp >= 0.5 == sample.Rose) _right++;
        _count++;
    }

    public ModelMetrics Metrics(double independentOutcomes)
    {
        var usesCoin = _coin <= _base;
        var gain = Math.Min(_coin, _base) - _model;
        var mean = gain / _count;
        var spread = 0.0;
        foreach (var block in _blocks)
        {
            var simple = usesCoin ? block.Count * Math.Log(2) : block.Base;
            var off = simple - block.Model - block.Count * mean;
            spread += off * off;
        }

        var blocks = _blocks.Count;
        var error = blocks < 2 ? 0 : Math.Sqrt(spread * blocks / (blocks - 1));
        return new ModelMetrics
        {
            Samples = _count,
            LogLoss = _model / _count,
            BaseLogLoss = Math.Min(_coin, _base) / _count,
            Accuracy = _right / (double)_count,
            Brier = _brier / _count,
            Evidence = blocks >= LeastBlocks && error > 0 ? gain / error : 0,
            Blocks = blocks,
            IndependentOutcomes = independentOutcomes,
        };
    }
}
