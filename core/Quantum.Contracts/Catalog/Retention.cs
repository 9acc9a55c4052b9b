namespace Quantum.Contracts.Catalog;

/// <summary>How long a stream keeps what every reader is done with.</summary>
/// <param name="MaxLength">Tail streams: entries kept, at least this many.</param>
/// <param name="MinAge">Ordered streams: kept this long behind the safe point.</param>
public sealed record Retention(long? MaxLength, TimeSpan? MinAge)
{
    public static Retention Length(long entries) => new(entries, null);
    public static Retention Age(TimeSpan age) => new(null, age);
}
