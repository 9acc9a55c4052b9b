namespace Quantum.Backtest.Sweeps;

/// <summary>Which trials a search makes of its axes.</summary>
public static class TrialSearch
{
    /// <summary>Above this many runs nobody waits for the end.</summary>
    public const int MostTrials = 100_000;

    private const int DrawsPerTrial = 200;

    /// <summary>Every combination; the last axis turns fastest.</summary>
    public static IReadOnlyList<Trial> Grid(IReadOnlyList<SettingAxis> axes)
    {
        Check(axes);
        if (axes.FirstOrDefault(axis => axis.Range is not null) is { } open)
        {
            throw new SweepException($"--set {open.Path} is a range without a step, and a grid needs candidates: write "
                + "low..high/step, or draw with --random N.");
        }

        var count = CountOf(axes);
        if (count > MostTrials)
        {
            throw new SweepException($"the grid has {count:#,0} combinations, at most {MostTrials:#,0} are tried: use "
                + $"larger "
                + "steps, or draw with --random N.");
        }

        return [.. Enumerable.Range(0, (int)count).Select(i => new Trial(i + 1, At(axes, i)))];
    }

    /// <summary>So many different combinations drawn evenly; the same for the same seed.</summary>
    public static IReadOnlyList<Trial> Random(IReadOnlyList<SettingAxis> axes, int count, int seed)
    {
        Check(axes);
        if (count is < 1 or > MostTrials)
            throw new SweepException($"--random is {count}: use 1 to {MostTrials:#,0}.");
        if (axes.All(axis => axis.Range is null) && CountOf(axes) <= count) return Grid(axes);
        var chance = new Random(seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var trials = new List<Trial>();
        for (var draws = 0; trials.Count < count && draws < (long)count * DrawsPerTrial; draws++)
        {
            var drawn = axes.Select(axis => KeyValuePair.Create(axis.Path, Draw(axis, chance))).ToArray();
            if (seen.Add(string.Join('\n', drawn.Select(pair => pair.Value)))) trials.Add(new(trials.Count + 1, drawn));
        }

        return trials;
    }

    private static string Draw(SettingAxis axis, Random chance) =>
        axis.Range?.Draw(chance) ?? axis.Values[chance.Next(axis.Values.Count)];

    private static decimal CountOf(IReadOnlyList<SettingAxis> axes)
    {
        var count = 1m;
        foreach (var axis in axes) count = Math.Min(count * axis.Values.Count, int.MaxValue);
        return count;
    }

    private static KeyValuePair<string, string>[] At(IReadOnlyList<SettingAxis> axes, int index)
    {
        var values = new KeyValuePair<string, string>[axes.Count];
        for (var i = axes.Count - 1; i >= 0; i--)
        {
            values[i] = KeyValuePair.Create(axes[i].Path, axes[i].Values[index % axes[i].Values.Count]);
            index /= axes[i].Values.Count;
        }

        return values;
    }

    private static void Check(IReadOnlyList<SettingAxis> axes)
    {
        if (axes.Count == 0)
        {
            throw new SweepException("nothing is varied: name a setting with more than one value, such as "
                + "--set TradingBot:CooldownMs=0,900000.");
        }

        var twice = axes.GroupBy(axis => axis.Path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g =>
            g.Count() > 1);
        if (twice is not null) throw new SweepException($"--set {twice.Key} is varied twice: put its candidates "
            + $"together.");
    }
}
