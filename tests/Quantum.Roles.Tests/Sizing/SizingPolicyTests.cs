using System.Text.Json;
using FsCheck.Xunit;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Sizing;

namespace Quantum.Roles.Tests.Sizing;

/// <summary>What the policy chooses, what moves it, and what is no policy.</summary>
public sealed class SizingPolicyTests
{
    private const string State = "Bull|High|Light";

    [Theory]
    [InlineData(0.9, Regime.Bull, 1.0)]
    [InlineData(0.7, Regime.Bear, 0.75)]
    [InlineData(0.6, Regime.Range, 0.5)]
    [InlineData(0.52, Regime.Bull, 0.25)]
    [InlineData(0.9, Regime.Volatile, 0.5)]
    [InlineData(0.7, Regime.Uncertain, 0.25)]
    [InlineData(0.52, Regime.Unknown, 0.1)]
    public void The_prior_grows_with_confidence_and_halves_in_a_wild_market(
        double confidence, Regime regime, double expected) =>
        Assert.Equal(expected, SizingPolicy.Prior.FractionOf(SizingStateKey.Of(regime, confidence, 0)));

    [Theory]
    [InlineData(0.8, 1, "Bull|VeryHigh|Heavy")]
    [InlineData(0.79, 0.99, "Bull|High|Medium")]
    [InlineData(0.65, 0.5, "Bull|High|Medium")]
    [InlineData(0.64, 0.49, "Bull|Fair|Light")]
    [InlineData(0.54, 0, "Bull|Low|Light")]
    public void States_have_bands_and_a_text_that_reads_back(double confidence, double exposure, string text)
    {
        var key = SizingStateKey.Of(Regime.Bull, confidence, exposure);
        Assert.Equal(text, key.Text);
        Assert.True(SizingStateKey.TryParse(text, out var back));
        Assert.Equal(key, back);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bull|High")]
    [InlineData("bull|High|Light")]
    [InlineData("Trend|High|Light")]
    [InlineData("1|2|0")]
    public void A_state_of_another_vocabulary_is_not_read(string text) =>
        Assert.False(SizingStateKey.TryParse(text, out _));

    [Theory]
    [InlineData(20, 1.5, 1.0)]
    [InlineData(20, -1.0, 0.25)]
    [InlineData(200, -1.0, 0)]
    [InlineData(5, 0.2, 0.75)]
    [InlineData(20, 0.0, 0.75)]
    public void A_states_share_moves_with_the_evidence(int trades, double r, double expected)
    {
        var training = Train(Trades(trades, r));
        Assert.Equal(expected, training.Policy.Table[State]);
        Assert.Equal((1, trades, "v2"), (training.StatesLearnt, training.Policy.Episodes, training.Policy.Version));
        Assert.Equal(0.75 * r, training.RewardBefore, 9);
        Assert.Contains(expected, SizingPolicy.SizeFractions);
        Assert.Equal(expected * r, training.RewardAfter, 9);
        Assert.Null(training.Policy.Fault());
    }

    [Fact]
    public void The_same_trades_judged_twice_move_the_share_once()
    {
        var once = Train(Trades(20, -1)).Policy;
        Assert.Equal(once.Table[State], Train(Trades(20, -1), once).Policy.Table[State]);
    }

    [Fact]
    public void Mixed_results_keep_the_prior()
    {
        var mixed = Enumerable.Range(0, 30).Select(i => new SizingEpisode(State, 0.75, i % 2 == 0 ? 1.1 : -1));
        Assert.Equal(0.75, Train([.. mixed]).Policy.Table[State]);
    }

    [Fact]
    public void Too_few_trades_teach_nothing_and_what_was_learnt_before_stays()
    {
        var before = SizingPolicy.Prior with { Table = new(StringComparer.Ordinal) { ["Bear|Low|Light"] = 0.5 } };
        var training = Train(Trades(4, 3), before);
        Assert.Equal(0, training.StatesLearnt);
        Assert.Equal(("Bear|Low|Light", 0.5), training.Policy.Table.Select(p => (p.Key, p.Value)).Single());
    }

    [Fact]
    public void Without_a_trade_there_is_no_training() =>
        Assert.Throws<ArgumentException>(() => Train([]));

    [Property(MaxTest = 200)]
    public void Whatever_was_traded_the_policy_stays_bounded_and_near_the_prior(double[] results)
    {
        var trades = results.Where(double.IsFinite).Select(r => new SizingEpisode(State, 0.75, Math.Clamp(r, -50, 50)))
            .ToArray();
        if (trades.Length == 0) return;
        var policy = Train(trades).Policy;
        Assert.Null(policy.Fault());
        if (policy.Table.TryGetValue(State, out var share)) Assert.True(share is 0 or (>= 0.25 and <= 1), $"{share}");
    }

    [Fact]
    public void A_policy_comes_back_from_its_artefact()
    {
        var policy = Train(Trades(20, -1)).Policy;
        Assert.True(WireJson.TryParse<SizingPolicy>(JsonSerializer.Serialize(policy, WireJson.Options), out var back));
        Assert.Null(back.Fault());
        Assert.Equal((policy.Name, policy.Version, 0.25), (back.Name, back.Version, back.Table[State]));
        Assert.Equal(0.25, back.FractionOf(SizingStateKey.Of(Regime.Bull, 0.7, 0.1)));
    }

    public static TheoryData<string, SizingPolicy> NoPolicies => new()
    {
        { "no name or no version", SizingPolicy.Prior with { Version = "" } },
        { "no name or no version", SizingPolicy.Prior with { Name = "" } },
        { "share 0.6", SizingPolicy.Prior with { Table = new(StringComparer.Ordinal) { [State] = 0.6 } } },
        { "share 2", SizingPolicy.Prior with { Table = new(StringComparer.Ordinal) { [State] = 2 } } },
        { "state 'TREND'", SizingPolicy.Prior with { Table = new(StringComparer.Ordinal) { ["TREND"] = 0.5 } } },
    };

    [Theory]
    [MemberData(nameof(NoPolicies))]
    public void What_is_no_policy_is_refused_by_name(string problem, SizingPolicy policy)
    {
        Assert.Contains(problem, policy.Fault(), StringComparison.Ordinal);
    }

    private static SizingEpisode[] Trades(int count, double r) =>
        [.. Enumerable.Repeat(new SizingEpisode(State, 0.75, r), count)];

    private static SizingTraining Train(SizingEpisode[] trades, SizingPolicy? previous = null) =>
        SizingPolicyTraining.Train(trades, previous ?? SizingPolicy.Prior, "v2");
}
