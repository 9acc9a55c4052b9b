using System.Runtime.InteropServices;
using Quantum.Roles.Ai.Features;
using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Learning;

/// <summary>
/// Continuous learning: keeps the candles of the decision interval and trains the outcome model when asked to, while it
/// handles the request. Each job ends in completed, with the model and whether it is good enough to be in force, or in
/// failed with the reason.
/// </summary>
public sealed class ClmRole : Role
{
    private const int AnswersKept = 32;
    private readonly ClmSettings _settings;
    private readonly StateMap<CandleChunk> _chunks;
    private readonly StateMap<DecisionCandle> _building;
    private readonly StateCell<ClmState> _state;
    private readonly StateCell<CandleSpan> _span;

    // No state: the room that one training after the other takes place in.
    private readonly SortedDictionary<string, List<Candle>> _bySymbol = new(StringComparer.Ordinal);
    private readonly SampleSet _samples;
    private readonly OutcomeTraining _training = new();

    public ClmRole(ClmSettings? settings = null)
    {
        _settings = (settings ?? new ClmSettings()).Checked();
        _chunks = State.Map("candles", static _ => new CandleChunk());
        _building = State.Map("building", static _ => new DecisionCandle());
        _state = State.Cell("clm", static () => new ClmState());
        _span = State.Cell("span", static () => new CandleSpan());
        _samples = new SampleSet(_settings.Plan);

        On(StreamCatalog.MarketKlines, OnCandle);
        On(StreamCatalog.ModelRetrain, OnJob);
    }

    public override string Name => RoleNames.Clm;

    private void OnCandle(in MarketKline kline, in Input input, Outbox outbox)
    {
        if (_span.Value.IsOther(in kline))
        {
            outbox.Count("candle_ignored", "other_interval", kline.Symbol.Name);
            return;
        }

        if (_span.Value.Ms == 0) _span.Touch().Ms = kline.CloseTimeMs - kline.OpenTimeMs;
        var building = _building.Touch(kline.Symbol.Name);
        if (kline.OpenTimeMs < building.NextMs)
        {
            outbox.Count("candle_ignored", "not_newer", kline.Symbol.Name);
            return;
        }

        var part = Candle.Of(in kline);
        if (building.Add(in part, IntervalMs(), kline.GapBefore) is not { } candle) return;
        var number = CandleChunk.NumberOf(candle.OpenTimeMs, candle.SpanMs);
        var key = CandleChunk.KeyOf(kline.Symbol, number);
        var isFirst = _chunks.Find(key) is null;
        _chunks.Touch(key).Add(in candle);
        if (isFirst) Forget(kline.Symbol.Name, number);
    }

    // Only when a chunk begins, and one chunk more than the window: a request may be older than the newest candle.
    private void Forget(string symbol, long newest)
    {
        var oldest = newest - WindowMs() / (CandleChunk.Span * IntervalMs()) - 2;
        var gone = _chunks.All.Select(c => (c.Key, Parts: CandleChunk.PartsOf(c.Key)))
            .Where(c => c.Parts.Symbol == symbol && c.Parts.Number < oldest).Select(c => c.Key).ToArray();
        foreach (var key in gone) _chunks.Remove(key);
    }

    private long IntervalMs() => DecisionCandle.IntervalOf(_settings.IntervalMs, _span.Value.OrMinuteMs());

    private long WindowMs() => Math.Max(_settings.WindowMs, _settings.WindowCandles * IntervalMs());

    private void OnJob(in ModelRetrain job, in Input input, Outbox outbox)
    {
        if (_state.Value.Answered.Contains(job.JobId))
        {
            outbox.Count("job_ignored", "answered_before", job.ModelName);
            return;
        }

        var state = _state.Touch();
        if (state.Answered.Count == AnswersKept) state.Answered.RemoveAt(0);
        state.Answered.Add(job.JobId);

        var candles = CandlesUntil(input.AtMs - _settings.SettleMs);
        var count = candles.Sum(c => c.Value.Count);
        outbox.Publish(StreamCatalog.RetrainingStarted, new RetrainingStarted
        {
            JobId = job.JobId, ModelName = job.ModelName, TriggerReason = job.Reason, Samples = count,
        });
        var outcome = job.ModelName != OutcomeModel.ModelName
            ? TrainingOutcome.Failed(
                "unknown_model", $"'{job.ModelName}' is unknown here: ask for {OutcomeModel.ModelName}.")
            : Behind(input.AtMs) ?? _training.Train(SamplesOf(candles, count), _settings.Training);
        if (outcome.Model is { } model) Complete(in job, model, outcome.Iterations, count, outbox);
        else Fail(in job, outcome, count, outbox);
    }

    // While a market's history is still read, what is here is only its beginning.
    private TrainingOutcome? Behind(long askedAtMs)
    {
        var newestMs = _building.All.Select(symbol => symbol.Value.NextMs).DefaultIfEmpty(askedAtMs).Max();
        return askedAtMs - newestMs <= _settings.SettleMs + 2 * _span.Value.OrMinuteMs()
            ? null
            : TrainingOutcome.Failed("candles_behind", string.Create(CultureInfo.InvariantCulture,
                $"the newest candle ended {(askedAtMs - newestMs) / 1_000} s before the request: ")
                + "a history is still read.");
    }

    private void Complete(in ModelRetrain job, OutcomeModel model, int iterations, int candles, Outbox outbox)
    {
        outbox.Publish(StreamCatalog.RetrainingCompleted, new RetrainingCompleted
        {
            JobId = job.JobId,
            ModelName = model.Name,
            ModelVersion = model.Version,
            FeatureHash = model.FeatureHash,
            Artifact = model.ToArtifact(),
            Samples = candles,
            ValidationLogLoss = model.Metrics.LogLoss,
            ValidationAccuracy = model.Metrics.Accuracy,
            BaseRateLogLoss = model.Metrics.BaseLogLoss,
            Evidence = model.Metrics.Evidence,
            IndependentOutcomes = (int)model.Metrics.IndependentOutcomes,
            InForce = model.Metrics.Evidence >= _settings.Training.LeastEvidence,
            Iterations = iterations,
        });
    }

    private static void Fail(in ModelRetrain job, TrainingOutcome outcome, int candles, Outbox outbox)
    {
        outbox.Count("retraining_failed", outcome.ReasonCode!, job.ModelName);
        outbox.Publish(StreamCatalog.RetrainingFailed, new RetrainingFailed
        {
            JobId = job.JobId,
            ModelName = job.ModelName,
            ReasonCode = outcome.ReasonCode!,
            Error = outcome.Error!,
            Samples = candles,
        });
    }

    private SortedDictionary<string, List<Candle>> CandlesUntil(long toMs)
    {
        foreach (var candles in _bySymbol.Values) candles.Clear();
        foreach (var (key, chunk) in _chunks.All)
        {
            var (symbol, number) = CandleChunk.PartsOf(key);
            if (!_bySymbol.TryGetValue(symbol, out var candles)) _bySymbol[symbol] = candles = [];
            chunk.CopyTo(candles, number, toMs - WindowMs(), toMs);
        }

        return _bySymbol;
    }

    private SampleSet SamplesOf(SortedDictionary<string, List<Candle>> candles, int count)
    {
        var stride = 1 + (count - 1) / _settings.Training.MostSamples;
        _samples.Reset(Math.Max(stride, 1));
        foreach (var (symbol, list) in candles) _samples.Add(symbol, CollectionsMarshal.AsSpan(list));
        _samples.Sort();
        return _samples;
    }
}
