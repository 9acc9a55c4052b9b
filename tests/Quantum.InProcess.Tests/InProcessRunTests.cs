using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.InProcess;

namespace Quantum.InProcess.Tests;

/// <summary>The same tape gives the same bytes, however often roles are lost on the way.</summary>
public class InProcessRunTests
{
    private const long StartMs = 1_766_552_400_000;
    private const int Minutes = 60;
    private static readonly string[] s_symbols = ["BTCUSDT", "ETHUSDT", "NEARUSDT"];

    private static InProcessRun Create(
        bool savesState = false, bool passesTyped = true, bool forgets = false, int mostInputs = 1_000_000) => new(
        new InProcessSettings
        {
            Mode = TradingMode.Sim, SavesState = savesState, PassesTyped = passesTyped,
            MostInputsPerEvent = mostInputs,
        },
        () => new SignalRole(forgets), () => new WaitingBotRole(), () => new FillingRole());

    private static void Play(InProcessRun run, int seed = 1, Action<int>? between = null)
    {
        var random = new Random(seed);
        var step = 0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            foreach (var (index, name) in s_symbols.Index())
            {
                var atMs = StartMs + minute * 60_000 + index * 10;
                var symbol = Symbol.Parse(name);
                var price = 100m + random.Next(-500, 500) / 100m;
                for (var i = 0; i < 3; i++)
                    run.Publish(
                        StreamCatalog.MarketTick, new MarketTick { Symbol = symbol, Price = price, Quantity = i },
                        atMs + i);
                between?.Invoke(step++);
                run.Publish(StreamCatalog.MarketKlines, KlineOf(symbol, price, atMs), atMs + 3, $"k-{name}-{minute}");
                between?.Invoke(step++);
            }
        }

        run.AdvanceTo(StartMs + Minutes * 60_000);
    }

    private static MarketKline KlineOf(Symbol symbol, decimal close, long closeMs) => new()
    {
        Symbol = symbol, Interval = "1m", OpenTimeMs = closeMs - 60_000, CloseTimeMs = closeMs, Open = close,
        High = close, Low = close, Close = close, Volume = 1, GapBefore = false,
    };

    private static string HashOf(
        int seed = 1, Func<InProcessRun>? create = null, Action<InProcessRun, int>? between = null)
    {
        using var run = create?.Invoke() ?? Create();
        Play(run, seed, between is null ? null : step => between(run, step));
        Assert.True(run.OrderedEvents > Minutes * s_symbols.Length * 2, $"only {run.OrderedEvents} events");
        return run.HashOfOrderedStreams;
    }

    [Fact]
    public void Two_runs_of_one_tape_are_equal_to_the_bit() => Assert.Equal(HashOf(), HashOf());

    [Fact]
    public void Another_tape_gives_another_hash() => Assert.NotEqual(HashOf(1), HashOf(2));

    [Fact]
    public void Saving_state_changes_nothing() =>
        Assert.Equal(HashOf(), HashOf(create: () => Create(savesState: true)));

    [Fact]
    public void Passing_events_typed_changes_nothing() =>
        Assert.Equal(HashOf(), HashOf(create: () => Create(passesTyped: false)));

    [Theory]
    [InlineData(RoleNames.AiEngine)]
    [InlineData(RoleNames.TradingBot)]
    [InlineData(RoleNames.Executor)]
    public void A_role_restarted_in_the_middle_gives_the_same_hash(string role) => Assert.Equal(
        HashOf(),
        HashOf(create: () => Create(savesState: true), between: (run, step) =>
        {
            if (step == 171) run.Restart(role);
        }));

    [Fact]
    public void All_roles_restarted_at_every_step_give_the_same_hash() => Assert.Equal(
        HashOf(),
        HashOf(create: () => Create(savesState: true), between: (run, _) =>
        {
            run.Restart(RoleNames.AiEngine);
            run.Restart(RoleNames.TradingBot);
            run.Restart(RoleNames.Executor);
        }));

    [Fact]
    public void State_changed_without_touching_it_is_found_by_a_restart()
    {
        Assert.Equal(HashOf(), HashOf(create: () => Create(savesState: true, forgets: true)));
        Assert.NotEqual(HashOf(), HashOf(create: () => Create(savesState: true, forgets: true), between: (run, step) =>
        {
            if (step == 171) run.Restart(RoleNames.AiEngine);
        }));
    }

    [Fact]
    public void Ids_tell_the_way_and_each_intent_ends_once()
    {
        using var run = Create();
        var results = new List<ExecutionResult>();
        var ids = new List<string>();
        run.Observe(StreamCatalog.ExecutionResult, (in ExecutionResult result, in Input input) =>
        {
            results.Add(result);
            ids.Add(input.EventId);
        });
        Play(run);
        var intents = run.Log.Entries(StreamCatalog.TradeIntent.Key);
        Assert.Equal(intents.Count, results.Count);
        Assert.Equal(intents.Count, results.Select(result => result.IntentId).Distinct().Count());
        Assert.All(results, result => Assert.Equal(Outcome.Filled, result.Outcome));
        Assert.All(results.Zip(ids), pair => Assert.StartsWith(pair.First.IntentId + ".executor.", pair.Second));
        Assert.All(results, result => Assert.StartsWith("clock.", result.IntentId));
    }

    [Fact]
    public void The_clock_strikes_on_the_grid_once_per_step_passed()
    {
        using var run = Create();
        var intents = new List<long>();
        run.Observe(StreamCatalog.TradeIntent, (in TradeIntent _, in Input input) => intents.Add(input.AtMs));
        var symbol = Symbol.Parse("BTCUSDT");
        run.Publish(StreamCatalog.MarketKlines, KlineOf(symbol, 1, StartMs), StartMs + 100, "k1");
        run.Publish(StreamCatalog.MarketKlines, KlineOf(symbol, 2, StartMs), StartMs + 200, "k2");
        run.AdvanceTo(StartMs + 999);
        Assert.Empty(intents);
        run.AdvanceTo(StartMs + 2500);
        Assert.Equal([StartMs + 2000], intents);
    }

    [Fact]
    public void Observers_see_typed_and_written_tails_alike()
    {
        foreach (var typed in (bool[])[true, false])
        {
            using var run = Create(passesTyped: typed);
            var seen = new List<(decimal Price, EntryId Position, long AtMs)>();
            run.Observe(StreamCatalog.MarketTick, (in MarketTick tick, in Input input) =>
                seen.Add((tick.Price, input.Position, input.AtMs)));
            foreach (var price in (decimal[])[1, 2])
                run.Publish(
                    StreamCatalog.MarketTick,
                    new MarketTick { Symbol = Symbol.Parse("BTCUSDT"), Price = price, Quantity = 1 }, StartMs);
            Assert.Equal([(1m, new EntryId(StartMs, 0), StartMs), (2m, new EntryId(StartMs, 1), StartMs)], seen);
            Assert.Equal(typed ? 0 : 2, run.Log.Length(StreamCatalog.MarketTick.Key));
        }
    }

    [Fact]
    public void What_cannot_be_read_goes_to_the_dead_letters_and_the_run_goes_on()
    {
        using var run = Create(passesTyped: false);
        var broken = new FieldBuffer();
        broken.Add("symbol"u8, "near"u8);
        run.Log.Append(StreamCatalog.TradeIntent.Key, broken);
        run.AdvanceTo(StartMs);
        Assert.Equal(1, run.DeadLettersWritten);
        Assert.Equal(1, run.Log.Length(StreamCatalog.TradeIntent.DeadLetterKey));
    }

    [Fact]
    public void Where_events_pass_typed_nothing_is_appended_past_them()
    {
        using var run = Create();
        var foreign = new FieldBuffer();
        foreign.Add("symbol"u8, "NEARUSDT"u8);
        Assert.Contains("offer them", Assert.Throws<InvalidOperationException>(
            () => run.Log.Append(StreamCatalog.TradeIntent.Key, foreign)).Message);
    }

    [Fact]
    public void Why_nothing_was_done_is_counted()
    {
        using var run = Create();
        run.Publish(
            StreamCatalog.TradeIntent,
            new TradeIntent
            {
                Symbol = Symbol.Parse("BTCUSDT"), Side = Side.Buy, Confidence = 1, PositionSizeUsd = 1,
                Ilf = IlfContext.Unknown,
            },
            StartMs, "i1");
        Assert.Equal(
            new ReasonCount("denied", "no_price", "BTCUSDT", StartMs, 1),
            Assert.Single(run.ReasonsOf(RoleNames.Executor)));
    }

    [Fact]
    public void Impossible_uses_are_refused_with_their_mend()
    {
        using var run = Create(mostInputs: 100);
        var tick = new MarketTick { Symbol = Symbol.Parse("BTCUSDT"), Price = 1, Quantity = 1 };
        run.Publish(StreamCatalog.MarketTick, tick, StartMs);
        Assert.Contains("play in order", Assert.Throws<ArgumentOutOfRangeException>(
            () => run.Publish(StreamCatalog.MarketTick, tick, StartMs - 1)).Message);
        Assert.Contains("SavesState", Assert.Throws<InvalidOperationException>(() => run.Restart("executor")).Message);
        Assert.Contains("'ghost'", Assert.Throws<KeyNotFoundException>(() => run.Restart("ghost")).Message);
        Assert.Contains("price 0", Assert.Throws<FormatException>(
            () => run.Publish(StreamCatalog.MarketTick, tick with { Price = 0 }, StartMs)).Message);
        var settings = new InProcessSettings { Mode = TradingMode.Sim };
        Assert.Contains("'executor' is given twice", Assert.Throws<ArgumentException>(
            () => new InProcessRun(settings, () => new FillingRole(), () => new FillingRole())).Message);
    }

    [Fact]
    public void Roles_that_feed_each_other_are_stopped()
    {
        using var run = new InProcessRun(
            new InProcessSettings { Mode = TradingMode.Sim, MostInputsPerEvent = 100 },
            () => new GreedyBotRole(), () => new FillingRole());
        var endless = Assert.Throws<InvalidOperationException>(() => run.Publish(
            StreamCatalog.TradeIntent,
            new TradeIntent
            {
                Symbol = Symbol.Parse("BTCUSDT"), Side = Side.Buy, Confidence = 1, PositionSizeUsd = 1,
                Ilf = IlfContext.Unknown,
            },
            StartMs, "i1"));
        Assert.Contains("feed each other", endless.Message);
    }
}
