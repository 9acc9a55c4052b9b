using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Feeds;
using Quantum.InProcess;
using Quantum.InProcess.Tests;
using Quantum.Instruments;

namespace Quantum.Bench.Decisions;

/// <summary>The whole chain on one tape in this process, and what came of it.</summary>
internal sealed class DecisionRun
{
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private decimal? _startUsd;
    private decimal _endUsd;

    private DecisionRun()
    {
    }

    /// <summary>Equity gained over that at the start, fraction; below 0 lost.</summary>
    public double Gain => _startUsd is { } start ? (double)((_endUsd - start) / start) : 0;

    /// <summary>Equity gained, USD.</summary>
    public double GainUsd => (double)(_endUsd - (_startUsd ?? _endUsd));

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
    /// <param name="signals">Who stands where the AI stands.</param>
    public static DecisionRun Of(IMarketFeed feed, Func<Role> signals)
    {
        var result = new DecisionRun();
        using var run = new InProcessRun(
            new InProcessSettings { Mode = TradingMode.Sim },
            WholeSystem.Roles(signals, InstrumentBook.BuiltIn.Filters));
        result.Watch(run);
        feed.Run(new TapePlayer(run), CancellationToken.None);
        string[] refusing = [RoleNames.TradingBot, RoleNames.Executor, RoleNames.AiEngine, RoleNames.Clm];
        foreach (var reason in refusing.SelectMany(run.ReasonsOf))
            result._refusals[$"{reason.Counter}/{reason.Reason}"] =
                result._refusals.GetValueOrDefault($"{reason.Counter}/{reason.Reason}") + reason.Times;
        result.Silent =
        [
            .. StreamCatalog.All.Where(s => !s.IsInternal && !s.IsTail && run.Log.Length(s.Key) == 0)
                .Select(s => s.Name),
        ];
        return result;
    }

    private void Watch(InProcessRun run)
    {
        run.Observe(StreamCatalog.PortfolioSnapshot, (in PortfolioSnapshot now, in Input _) =>
        {
            _startUsd ??= now.TotalEquityUsd;
            _endUsd = now.TotalEquityUsd;
        });
        run.Observe(StreamCatalog.TradeClosed, (in TradeClosed trade, in Input _) =>
        {
            if (!trade.Exploration)
            {
                Trades++;
                return;
            }

            Explored++;
            ExploredUsd += (double)trade.PnlUsd;
        });
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
