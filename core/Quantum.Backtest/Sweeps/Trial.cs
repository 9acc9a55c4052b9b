namespace Quantum.Backtest.Sweeps;

/// <summary>One set of settings to be tried.</summary>
/// <param name="Number">From 1, in the order of the search; the same for the same search.</param>
/// <param name="Settings">Path and value of each setting that is varied, in the order of the axes.</param>
public sealed record Trial(int Number, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>As words that <c>--set</c> reads.</summary>
    public IEnumerable<string> Words => Settings.Select(pair => $"{pair.Key}={pair.Value}");
}
