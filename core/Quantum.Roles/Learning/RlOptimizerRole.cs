using Quantum.Roles.Sizing;

namespace Quantum.Roles.Learning;

/// <summary>
/// Pairs each finished trade with the size that was chosen for its signal and trains the sizing policy on them every so
/// many trades. Each training is announced and ends in completed, with the policy in it or with what was missing.
/// </summary>
public sealed class RlOptimizerRole : Role
{
    private readonly RlOptimizerSettings _settings;
    private readonly StateMap<ChosenSizes> _sizes;
    private readonly StateCell<RlOptimizerState> _state;

    public RlOptimizerRole(RlOptimizerSettings? settings = null)
    {
        _settings = (settings ?? new RlOptimizerSettings()).Checked();
        _sizes = State.Map("sizes", static _ => new ChosenSizes());
        _state = State.Cell("optimizer", static () => new RlOptimizerState());

        On(StreamCatalog.SizingDecided, OnSizing);
        On(StreamCatalog.TradeClosed, OnTrade);
    }

    public override string Name => RoleNames.RlOptimizer;

    private void OnSizing(in SizingDecided sizing, in Input input, Outbox outbox)
    {
        if (sizing is not { Status: SizingStatus.Decided, StateKey: { } key, SizeFraction: { } fraction }) return;
        var newest = _sizes.Touch(sizing.Symbol.Name).Newest;
        if (newest.Count == _settings.SizesPerSymbol) newest.RemoveAt(0);
        newest.Add(new ChosenSize(sizing.SignalId, key, fraction));
    }

    private void OnTrade(in TradeClosed trade, in Input input, Outbox outbox)
    {
        var signalId = trade.SignalId;
        var chosen = _sizes.Find(trade.Symbol.Name)?.Newest.Find(size => size.SignalId == signalId);
        if (chosen is null || trade.RMultiple is not { } r)
        {
            outbox.Count("trade_not_learnt", chosen is null ? "no_size" : "no_r_multiple", trade.Symbol.Name);
            return;
        }

        _sizes.Touch(trade.Symbol.Name).Newest.Remove(chosen);
        var state = _state.Touch();
        if (state.Episodes.Count == _settings.HistoryTrades) state.Episodes.RemoveAt(0);
        state.Episodes.Add(new SizingEpisode(chosen.StateKey, chosen.SizeFraction, r));
        if (++state.SinceTraining < _settings.TradesPerTraining) return;
        state.SinceTraining = 0;
        Train(state, input.AtMs, outbox);
    }

    private static void Train(RlOptimizerState state, long nowMs, Outbox outbox)
    {
        var runId = string.Create(CultureInfo.InvariantCulture, $"sizing-{nowMs}-{++state.Runs}");
        outbox.Publish(StreamCatalog.TrainingStarted, new TrainingStarted
        {
            RunId = runId, PolicyName = state.Policy.Name, Episodes = state.Episodes.Count, Trigger = "trades",
        });
        var end = DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
        var version = string.Create(CultureInfo.InvariantCulture, $"{end:yyyyMMddHHmm}-{state.Runs}");
        var training = SizingPolicyTraining.Train(state.Episodes, state.Policy, version);
        var hasLearnt = training.StatesLearnt > 0;
        if (hasLearnt) state.Policy = training.Policy;
        outbox.Publish(StreamCatalog.TrainingCompleted, new TrainingCompleted
        {
            RunId = runId,
            PolicyName = state.Policy.Name,
            Success = hasLearnt,
            PolicyVersion = hasLearnt ? version : null,
            Artifact = hasLearnt ? JsonSerializer.Serialize(training.Policy, WireJson.Options) : null,
            Episodes = state.Episodes.Count,
            AvgReward = training.RewardBefore,
            FinalReward = hasLearnt ? training.RewardAfter : null,
            Error = hasLearnt
                ? null
                : string.Create(CultureInfo.InvariantCulture,
                    $"{state.Episodes.Count} trades, but no state has {SizingPolicyTraining.LeastTradesPerState} yet."),
        });
    }
}
