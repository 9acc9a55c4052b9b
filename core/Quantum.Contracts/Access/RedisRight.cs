namespace Quantum.Contracts.Access;

/// <summary>Which commands on which keys: one selector of an ACL rule.</summary>
/// <param name="Commands">The commands, with blanks between them.</param>
/// <param name="Keys">Patterns of keys.</param>
/// <param name="LooksOnly">True where the keys are read and never written.</param>
internal sealed record RedisRight(string Commands, IReadOnlyList<string> Keys, bool LooksOnly)
{
    public static RedisRight On(string commands, params IEnumerable<string> keys) => new(commands, Sorted(keys), false);

    public static RedisRight Looking(string commands, params IEnumerable<string> keys) =>
        new(commands, Sorted(keys), true);

    /// <summary>One for each set of commands, with the keys of all that have it.</summary>
    public static IEnumerable<RedisRight> Joined(IEnumerable<RedisRight> rights) => rights
        .GroupBy(right => (right.Commands, right.LooksOnly))
        .Select(same => new RedisRight(
            same.Key.Commands, Sorted(same.SelectMany(right => right.Keys)), same.Key.LooksOnly))
        .Where(right => right.Keys.Count > 0);

    public override string ToString() =>
        $"({string.Join(' ', Commands.Split(' ').Select(command => "+" + command))} "
        + $"{string.Join(' ', Keys.Select(key => (LooksOnly ? "%R~" : "~") + key))})";

    // A server refuses a pattern beside the one of every key.
    private static string[] Sorted(IEnumerable<string> keys)
    {
        string[] sorted = [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return sorted.Contains("*") ? ["*"] : sorted;
    }
}
