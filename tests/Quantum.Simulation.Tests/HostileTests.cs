using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Simulation.Hostile;
using Xunit.Abstractions;

namespace Quantum.Simulation.Tests;

/// <summary>What does not belong on a stream is told in the dead letters, or handled; nothing else comes of it.
/// </summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    [Fact]
    public void Fifty_thousand_hostile_entries_crash_nothing_and_none_is_dropped_without_a_word()
    {
        var result = HostileRun.Of(seed: 1, entries: 50_000);
        output.WriteLine(Told(result));
        Assert.True(result.IsGood, Told(result));
        Assert.Equal(50_000, result.Entries);
        Assert.True(result.Handled > 5_000, Told(result));
        Assert.True(result.DeadLetters.Values.Sum() > 20_000, Told(result));
        foreach (var reason in (string[])["bad_value", "missing_field", "mixed_mode", "out_of_range", "unknown_schema"])
            Assert.True(result.DeadLetters.ContainsKey(reason), Told(result));
    }

    [Fact]
    public void The_same_seed_gives_the_same()
    {
        Assert.Equal(Told(HostileRun.Of(seed: 7, entries: 500)), Told(HostileRun.Of(seed: 7, entries: 500)));
        Assert.NotEqual(Told(HostileRun.Of(seed: 7, entries: 500)), Told(HostileRun.Of(seed: 8, entries: 500)));
    }

    [Fact]
    public void A_role_that_fails_on_what_it_reads_is_told() => Assert.Contains(
        HostileRun.Of(seed: 2, entries: 500, make => make().Name == RoleNames.ExchangeNormalizer
            ? static () => new Fragile()
            : make).Crashes.Values,
        text => text.Contains(nameof(OverflowException), StringComparison.Ordinal));

    [Fact]
    public void A_turn_without_end_is_told() =>
        Assert.True(HostileRun.Of(seed: 2, entries: 20, make => make, mostRounds: 1).EndlessTurns > 0);

    private static string Told(HostileResult result) =>
        $"{result.Entries} entries, handled {result.Handled}, endless {result.EndlessTurns}, "
        + string.Join(", ", result.DeadLetters.Select(pair => $"{pair.Key} {pair.Value}"))
        + "\n" + string.Join("\n", result.Crashes.Values) + "\n" + string.Join("\n", result.Dropped);

    private sealed class Fragile : Role
    {
        public Fragile() => On(StreamCatalog.ExchangeRaw, OnQuote);

        public override string Name => RoleNames.ExchangeNormalizer;

        private static void OnQuote(in ExchangeRaw quote, in Input input, Outbox outbox)
        {
            if (quote.Exchange is not ("binance" or "bybit")) throw new OverflowException("as of old");
        }
    }
}
