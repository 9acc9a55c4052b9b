using Quantum.Backtest.Figures;
using Quantum.Backtest.Sweeps;

namespace Quantum.Backtest.Tests.Sweeps;

/// <summary>Against the papers' own examples, Reference/reference.py and what must hold for chance and for
/// skill.</summary>
public sealed class OverfitTests
{
    /// <summary>The example of The Deflated Sharpe Ratio: 100 trials, yearly variance 1/2, 2.5 over five years of 250
    /// days, skewness -3, kurtosis 10: 0.1132 a day is to be expected of luck, and 0.9004 is left.</summary>
    [Fact]
    public void The_deflated_ratio_is_that_of_its_authors_example()
    {
        var expected = DeflatedSharpe.ExpectedBest(100, 0.5 / 250);
        Assert.Equal(0.1132, expected, 4);
        var moments = new Moments(1250, 2.5 / Math.Sqrt(250), 1, -3, 10);
        Assert.Equal(0.9004, DeflatedSharpe.Probability(moments.Mean, expected, moments).Value!.Value, 4);
        // "Had the strategist made only 46 trials": 0.9505, enough at the 95 % level.
        Assert.Equal(0.9505,
            DeflatedSharpe.Probability(moments.Mean, DeflatedSharpe.ExpectedBest(46, 0.5 / 250), moments).Value!.Value,
            4);
    }

    [Fact]
    public void More_trials_deflate_more_and_those_that_were_dropped_count()
    {
        var best = Chance(1, 250, 3)[0].Select(r => r + 0.1).ToArray();
        double[] ratios = [0.02, 0.1, 0.16, -0.05];
        var few = DeflatedSharpe.Of(best, ratios, 4).Value!.Value;
        var many = DeflatedSharpe.Of(best, ratios, 4000).Value!.Value;
        Assert.InRange(many, 0.0, few - 0.01);
        Assert.NotNull(DeflatedSharpe.Of(best, [0.1], 1).Undefined);
        Assert.NotNull(DeflatedSharpe.Of([0.1, 0.1, 0.1], ratios, 4).Undefined);
    }

    /// <summary>Trials without skill, of which short runs alone are there for all: the spread of their ratios is
    /// that of chance, and what it makes of a long one is that of long runs.</summary>
    [Fact]
    public void The_spread_of_short_runs_is_brought_to_the_length_of_the_best()
    {
        var best = Chance(1, 250, 3)[0].Select(r => r + 0.05).ToArray();
        var whole = DeflatedSharpe.Of(best, Ratios(250), 2000).Value!.Value;
        var brought = DeflatedSharpe.Of(best, Ratios(100), 2000, 100).Value!.Value;
        var raw = DeflatedSharpe.Of(best, Ratios(100), 2000).Value!.Value;
        Assert.InRange(brought, whole - 0.1, whole + 0.1);
        Assert.True(raw < whole - 0.1, $"{raw} {whole}");

        static double[] Ratios(int days) => [.. Chance(2000, days, 11).Select(trial =>
        {
            var moments = Moments.Of(trial);
            return moments.Mean / moments.Deviation;
        })];
    }

    [Fact]
    public void The_probability_of_overfitting_is_that_of_the_reference()
    {
        var found = OverfitProbability.Of(Columns(7, 61), 8);
        Assert.Equal((0.5571428571428572, 70), (found.Probability.Value!.Value, found.Splits));
        Assert.Equal((0.0, 6), (OverfitProbability.Of(Columns(4, 40), 4).Probability.Value!.Value, 6));
    }

    [Fact]
    public void Skill_in_every_day_is_never_overfit_and_chance_is_a_draw()
    {
        var chance = Chance(20, 320, 5);
        var skilled = chance.Select((trial, i) => (IReadOnlyList<double>)[.. trial.Select(r => i == 7 ? r + 0.5 : r)])
            .ToList();
        Assert.Equal(0, OverfitProbability.Of(skilled).Probability.Value);
        var mean = Enumerable.Range(0, 12).Average(seed => OverfitProbability.Of(Chance(20, 320, seed))
            .Probability.Value!.Value);
        Assert.InRange(mean, 0.35, 0.65);
    }

    /// <summary>What one half of the days gained, the other lost: who chooses by one half gets the worst of the
    /// other.</summary>
    [Fact]
    public void What_gains_in_one_half_alone_is_overfit_for_certain()
    {
        var noise = Chance(1, 160, 9)[0];
        var trials = Enumerable.Range(0, 9).Select(i => (IReadOnlyList<double>)
            [.. noise.Select((r, day) => r * 0.01 + (day / 10 == i ? 1 : -1) * 0.01)]).ToList();
        var found = OverfitProbability.Of(trials, 16);
        Assert.Equal(12_870, found.Splits);
        Assert.InRange(found.Probability.Value!.Value, 0.95, 1.0);
        Assert.InRange(found.LossProbability.Value!.Value, 0.95, 1.0);
    }

    [Fact]
    public void Too_few_trials_or_days_are_told_as_undefined()
    {
        Assert.Contains("there is one", OverfitProbability.Of(Chance(1, 100, 1)).Probability.Undefined);
        Assert.Contains("needs 8 whole UTC days, and there are 7", OverfitProbability.Of(Chance(3, 7, 1))
            .Probability.Undefined);
        Assert.Equal(4, OverfitProbability.Of(Chance(3, 9, 1)).Blocks);
        Assert.Throws<ArgumentException>(() => OverfitProbability.Of([new double[9], new double[8]]));
    }

    // The same row as the reference's made_up.
    private static List<IReadOnlyList<double>> Columns(int trials, int length)
    {
        var state = 12345L;
        var columns = new List<IReadOnlyList<double>>();
        for (var trial = 0; trial < trials; trial++)
        {
            var column = new double[length];
            for (var i = 0; i < length; i++)
            {
                state = (state * 1103515245 + 12345) % 2147483648;
                column[i] = (state >> 16) % 2001 / 1000.0 - 1;
            }

            columns.Add(column);
        }

        return columns;
    }

    private static List<IReadOnlyList<double>> Chance(int trials, int length, int seed)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, trials).Select(_ =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, length).Select(_ => chance.NextDouble() - 0.5)])];
    }
}
