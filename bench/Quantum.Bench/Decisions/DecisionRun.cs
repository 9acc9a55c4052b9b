using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Feeds;
using Quantum.InProcess;

namespace Quantum.Bench.Decisions;

/// <summary>The whole chain on one tape in this process, and what came of it.</summary>
internal sealed class DecisionRun
{
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);

    private DecisionRun()
    {
    }

    /// <summary>Equity gained over that at the start, fraction; below 0 lost.</summary>
    public double Gain { get; private set; }

    /// <summary>Equity gained, USD.</summary>
    public double GainUsd { get; private set; }

    /// <summary>Finished trades outside exploration.</summary>
    public int Trades { get; private set; }

    /// <summary>Finished trades that were made to learn.</summary>
    public int Explored { get; private set; }

    /// <summary>What these made, USD.</summary>
    public double ExploredUsd { get; private set; }

    /// <summary>Entries outside exploration that were wished for with an expected result of 0 or less.</summary>
    public int Worthless { get; private set; }

    /// <summary>Models that were trained.</summary>
    public int Models { get; private set; }

    /// <summary>Models that went into force.</summary>
    public int InForce { get; private set; }

    /// <summary>The strongest evidence of a model, standard errors.</summary>
    public double MostEvidence { get; private set; } = double.NegativeInfinity;

    /// <summary>The audit's streams that carried nothing.</summary>
    public IReadOnlyList<string> Silent { get; private set; } = [];

    /// <summary>Why nothing was entered, and how often.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <param name="feed">The tape.</param>
    /// <param name="signals">Who stands where the AI stands; null: the AI.</param>
    public static DecisionRun Of(IMarketFeed feed, Func<Role>? signals = null)
    {
        var result = new DecisionRun();
        var outcome = BacktestRun.Of(BacktestTape.Of(feed), RunSettings.Of(), new BacktestOptions
        {
            KeepsBars = false, Hashes = true, Signals = signals, OnRun = result.Watch, OnEnd = result.Look,
        });
        result.GainUsd = (double)(outcome.Equity[^1].EquityUsd - outcome.StartEquityUsd);
        result.Gain = result.GainUsd / (double)outcome.StartEquityUsd;
        result.Trades = outcome.Trades.Count(trade => !trade.Context.IsExploration);
        result.Explored = outcome.Trades.Count - result.Trades;
        result.ExploredUsd = (double)outcome.Trades.Where(trade => trade.Context.IsExploration)
            .Sum(trade => trade.NetUsd);
        return result;
    }

    private void Look(InProcessRun run)
    {
        string[] refusing = [RoleNames.TradingBot, RoleNames.Executor, RoleNames.AiEngine, RoleNames.Clm];
        foreach (var reason in refusing.SelectMany(run.ReasonsOf))
        {
            var key = $"{reason.Counter}/{reason.Reason}";
            _refusals[key] = _refusals.GetValueOrDefault(key) + reason.Times;
        }

        Silent =
        [
            .. StreamCatalog.All.Where(s => !s.IsInternal && !s.IsTail && run.Log.Length(s.Key) == 0)
                .Select(s => s.Name),
        ];
    }

    private void Watch(InProcessRun run)
    {
        run.Observe(StreamCatalog.TradeIntent, (in TradeIntent intent, in Input _) =>
        {
            if (!intent.IsExit() && !intent.IsExploration() && !(intent.ExpectedR > 0)) Worthless++;
        });
        run.Observe(StreamCatalog.RetrainingCompleted, (in RetrainingCompleted trained, in Input _) =>
        {
            Models++;
            if (trained.InForce) InForce++;
            MostEvidence = Math.Max(MostEvidence, trained.Evidence);
        });
    }
}
