namespace Quantum.Roles.Sizing;

/// <summary>
/// A bounded sizing policy: for each state a share of the largest size that the risk budget allows. What it has learnt
/// is the table; a state it has not met takes the prior, which grows with confidence and halves in a volatile market.
/// </summary>
public sealed record SizingPolicy
{
    /// <summary>The shares a policy may choose, 0 to 1, ascending; 0 does not trade the state at all.</summary>
    public static IReadOnlyList<double> SizeFractions { get; } = [0, 0.1, 0.25, 0.5, 0.75, 1.0];

    public required string Name { get; init; }
    public required string Version { get; init; }

    /// <summary>Trades it was learnt from, from 0.</summary>
    public required int Episodes { get; init; }

    /// <summary>Learnt share per state, each one of <see cref="SizeFractions"/>.</summary>
    public SortedDictionary<string, double> Table { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What is used until something was learnt.</summary>
    public static SizingPolicy Prior { get; } = new() { Name = "sizing", Version = "prior-1", Episodes = 0 };

    /// <summary>The share for a state: the learnt one, or the prior.</summary>
    internal double FractionOf(SizingStateKey state) =>
        Table.TryGetValue(state.Text, out var learnt) ? learnt : PriorOf(state);

    /// <summary>What makes the policy unusable, in words; null when nothing does.</summary>
    public string? Fault()
    {
        if (string.IsNullOrEmpty(Name) || string.IsNullOrEmpty(Version)) return "it has no name or no version";
        foreach (var (state, fraction) in Table)
        {
            if (!SizingStateKey.TryParse(state, out _))
                return $"its state '{state}' does not read like Bull|High|Light";
            if (!SizeFractions.Contains(fraction)) return $"its share {fraction} for '{state}' is not an allowed one";
        }

        return null;
    }

    /// <summary>The share before anything was learnt, 0.1 to 1.</summary>
    internal static double PriorOf(SizingStateKey state)
    {
        var fraction = state.Confidence switch
        {
            ConfidenceBand.VeryHigh => 1.0,
            ConfidenceBand.High => 0.75,
            ConfidenceBand.Fair => 0.5,
            _ => 0.25,
        };
        if (state.Regime is Regime.Volatile or Regime.Uncertain or Regime.Unknown) fraction /= 2;
        return SizeFractions.Last(allowed => allowed <= fraction);
    }
}
