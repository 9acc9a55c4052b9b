using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Feeds.Generated;
using Quantum.InProcess;
using Quantum.Instruments;
using Quantum.Roles.Ai;
using Quantum.Roles.Learning;

namespace Quantum.InProcess.Tests;

/// <summary>
/// The whole system with its own AI on a generated market: what is learnt, explored and traded is the same whenever and
/// wherever a process is lost.
/// </summary>
public sealed class LearntSystemTests
{
    private const long StartMs = 1_764_892_800_000;
    private const int HistoryCandles = 900;
    private const int LiveMinutes = 40;
    private static readonly Lazy<string> s_reference = new(() => HashOf());

    [Fact]
    public void Two_runs_are_equal_to_the_bit() => Assert.Equal(s_reference.Value, HashOf());

    [Theory]
    [InlineData(RoleNames.AiEngine)]
    [InlineData(RoleNames.Clm)]
    [InlineData(RoleNames.TradingBot)]
    [InlineData(RoleNames.ModelSupervisor)]
    public void A_role_restarted_again_and_again_changes_nothing(string role) =>
        Assert.Equal(s_reference.Value, HashOf(role));

    [Fact]
    public void Without_a_model_in_force_the_chain_lives_on_marked_trades_of_the_least_size()
    {
        using var run = Create(savesState: false);
        var intents = new List<TradeIntent>();
        var results = new List<ExecutionResult>();
        run.Observe(StreamCatalog.TradeIntent, (in TradeIntent intent, in Input _) =>
        {
            if (!intent.IsExit()) intents.Add(intent);
        });
        run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) =>
        {
            if (result is { Kind: ResultKind.Intent, ReduceOnly: false, FilledQuantity: > 0 }) results.Add(result);
        });
        var chains = new List<(string Symbol, string Chain)>();
        run.Observe(StreamCatalog.SignalGenerated, (in SignalGenerated signal, in Input input) =>
            chains.Add((signal.Symbol.Name, input.CorrelationId)));
        Play(run);
        // A signal belongs to its own candle's chain, whichever candle it was told with.
        Assert.NotEmpty(chains);
        Assert.All(chains, told => Assert.StartsWith("kline-" + told.Symbol, told.Chain, StringComparison.Ordinal));
        Assert.NotEmpty(results);
        Assert.All(intents, intent => Assert.True(intent.IsExploration()));
        Assert.All(results, result => Assert.True(result.Exploration));
        Assert.All(results, result => Assert.InRange(result.FilledQuantity * result.AveragePrice!.Value, 5, 120));
        Assert.Equal(0, run.DeadLettersWritten);
    }

    private static string HashOf(string? lost = null)
    {
        using var run = Create(savesState: lost is not null);
        Play(run, step =>
        {
            if (lost is not null && step % 97 == 13) run.Restart(lost);
        });
        return run.HashOfOrderedStreams;
    }

    private static InProcessRun Create(bool savesState) => new(
        new InProcessSettings { Mode = SystemSettings.Mode, SavesState = savesState },
        SystemRoles.Of(SystemSettings.OnTape(InstrumentBook.BuiltIn.Filters) with
        {
            Ai = new AiEngineSettings { IntervalMs = 60_000 }, Clm = new ClmSettings { IntervalMs = 60_000 },
        }));

    private static void Play(InProcessRun run, Action<int>? between = null) => new GeneratedFeed(
        GeneratedSettings.StartingAt(StartMs, HistoryCandles, 3) with
        {
            EndMs = StartMs + LiveMinutes * 60_000L,
            Symbols = [Symbol.Parse("NEARUSDT"), Symbol.Parse("XRPUSDT")],
        }).Run(new TapePlayer(run, between), CancellationToken.None);
}
