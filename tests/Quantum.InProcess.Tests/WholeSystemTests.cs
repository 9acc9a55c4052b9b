using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.InProcess;
using Quantum.Instruments;
using Quantum.Roles.Symbols;

namespace Quantum.InProcess.Tests;

/// <summary>
/// Every role of the system in one process on one tape: equal to the bit, also when roles are lost on the way.
/// </summary>
public class WholeSystemTests
{
    private const int Seed = 5;
    private const int Minutes = 90;
    private static readonly SymbolFilterBook s_symbols = InstrumentBook.BuiltIn.Filters;
    private static readonly Lazy<string> s_reference = new(() => HashOf(Seed));

    public static TheoryData<string> Roles => [.. Makers.Select(make => make().Name)];

    private static IReadOnlyList<Func<Role>> Makers { get; } =
        SystemRoles.Of(SystemSettings.OnTape(s_symbols), () => new MomentumRole());

    private static InProcessRun Create(bool savesState = false, bool passesTyped = true, bool writes = true) => new(
        new InProcessSettings
        {
            Mode = SystemSettings.Mode, SavesState = savesState, PassesTyped = passesTyped, WritesStreams = writes,
        },
        Makers);

    private static string HashOf(int seed, bool passesTyped = true)
    {
        using var run = Create(passesTyped: passesTyped);
        MarketTape.Play(run, seed, Minutes);
        return run.HashOfOrderedStreams;
    }

    [Fact]
    public void Two_runs_are_equal_to_the_bit() => Assert.Equal(s_reference.Value, HashOf(Seed));

    [Fact]
    public void Events_that_pass_typed_are_those_that_are_written_and_read_back() =>
        Assert.Equal(HashOf(Seed, passesTyped: false), s_reference.Value);

    [Fact]
    public void Writing_no_stream_changes_nothing()
    {
        using var written = Create(passesTyped: false);
        MarketTape.Play(written, Seed, Minutes);
        using var run = Create(writes: false);
        using var onlooker = new StreamOnlooker(run);
        MarketTape.Play(run, Seed, Minutes);
        Assert.Equal(s_reference.Value, onlooker.Hash);
        Assert.Equal((written.OrderedEvents, written.Inputs), (run.OrderedEvents, run.Inputs));
        foreach (var role in Makers.Select(make => make().Name))
            Assert.Equal(written.ReasonsOf(role), run.ReasonsOf(role));
        Assert.Contains("WritesStreams", Assert.Throws<InvalidOperationException>(
            () => run.HashOfOrderedStreams).Message);
    }

    [Fact]
    public void Another_market_gives_another_hash() => Assert.NotEqual(s_reference.Value, HashOf(Seed + 1));

    [Theory, MemberData(nameof(Roles))]
    public void A_role_restarted_again_and_again_changes_nothing(string role)
    {
        using var run = Create(savesState: true);
        MarketTape.Play(run, Seed, Minutes, minute =>
        {
            if (minute % 7 == 3) run.Restart(role);
        });
        Assert.Equal(s_reference.Value, run.HashOfOrderedStreams);
    }

    [Theory]
    [InlineData("")]
    [InlineData(RoleNames.Governance)]
    [InlineData(RoleNames.ExitBrain)]
    [InlineData(RoleNames.Executor)]
    public void Flatten_closes_every_position_once_also_when_a_role_is_lost_behind_the_word(string lost)
    {
        using var run = Create(savesState: true);
        var held = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        var trades = new List<TradeClosed>();
        run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) =>
        {
            if (result.PositionQuantity is { } quantity) held[result.Symbol.Name] = quantity;
        });
        run.Observe(StreamCatalog.TradeClosed, (in TradeClosed trade, in Input _) => trades.Add(trade));
        var (open, before) = (0, 0);
        MarketTape.Play(run, Seed, Minutes, minute =>
        {
            var now = held.Values.Count(quantity => quantity != 0m);
            if (open > 0 || now < 2) return;
            (open, before) = (now, trades.Count);
            for (var word = 0; word < 2; word++)
            {
                run.Publish(
                    StreamCatalog.GovernanceControl,
                    new ControlCommand { Command = ControlAction.Flatten, Reason = "test", By = "anna" },
                    run.NowMs, $"flatten-{word}");
                if (lost.Length > 0) run.Restart(lost);
            }
        });
        Assert.True(open >= 2, "the tape never holds two positions at once");
        // An order that was under way at the word may still fill, and is closed as well.
        var closed = trades.Skip(before).ToList();
        Assert.InRange(closed.Count, open, 3);
        Assert.All(closed, trade => Assert.Equal("operator_flatten", trade.Reason));
        Assert.Equal(closed.Count, closed.Select(trade => trade.TradeId).Distinct().Count());
        Assert.All(held.Values, quantity => Assert.Equal(0m, quantity));
    }

    [Fact]
    public void The_chain_trades_and_every_intent_has_exactly_one_end()
    {
        using var run = Create();
        var intents = new List<string>();
        var ends = new List<string>();
        var trades = new List<TradeClosed>();
        run.Observe(StreamCatalog.TradeIntent, (in TradeIntent _, in Input input) => intents.Add(input.EventId));
        run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input _) =>
        {
            if (result.Kind == ResultKind.Intent) ends.Add(result.IntentId!);
        });
        run.Observe(StreamCatalog.TradeClosed, (in TradeClosed trade, in Input _) => trades.Add(trade));
        MarketTape.Play(run, Seed, Minutes);
        Assert.True(trades.Count >= 3, $"only {trades.Count} trades: the tape does not reach the end of the chain.");
        Assert.Equal(ends.Count, ends.Distinct().Count());
        var open = intents.Except(ends).ToList();
        Assert.True(open.Count <= 3, "without an end: " + string.Join(", ", open));
        Assert.Empty(ends.Except(intents));
        Assert.Equal(0, run.DeadLettersWritten);
    }
}
