namespace Quantum.Feeds.Tests.Fuzz;

/// <summary>What became of a text: refused, or told as events, each a line.</summary>
internal sealed record FuzzOutcome(bool IsRefused, IReadOnlyList<string> Events)
{
    public static FuzzOutcome Refused { get; } = new(true, []);

    public bool Equals(FuzzOutcome? other) =>
        other is not null && IsRefused == other.IsRefused && Events.SequenceEqual(other.Events);

    public override int GetHashCode() => Events.Count;

    public override string ToString() => IsRefused ? "refused" : string.Join(" | ", Events);
}
