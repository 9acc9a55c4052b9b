using Quantum.Archive;

namespace Quantum.Replay;

/// <summary>
/// The decisions of a replay as a file of lines, so that another build's can be compared: one JSON object for each
/// input
/// that led to any.
/// </summary>
public static class DecisionFile
{
    private sealed record Line(
        string Role, long Number, string Source, long AtMs, KeyValuePair<string, string>[] Fields,
        Decision[] Decisions);

    /// <summary>Writes what an input led to now; nothing where that is nothing.</summary>
    public static void Write(TextWriter target, ReplayedInput input)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Replayed.Count == 0) return;
        target.WriteLine(JsonSerializer.Serialize(new Line(
            input.Role, input.Number, input.Source, input.AtMs, [.. input.Fields], [.. input.Replayed])));
    }

    /// <summary>
    /// Reads two files of the same archive side by side: the first's decisions are those before, the second's those
    /// now.
    /// </summary>
    public static IEnumerable<ReplayedInput> Compare(string before, string now)
    {
        using var left = Lines(before).GetEnumerator();
        using var right = Lines(now).GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : Order(left.Current, right.Current);
            var (one, other) = (order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            var either = (one ?? other)!;
            yield return new ReplayedInput(
                either.Role, either.Number, either.Source, either.AtMs, either.Fields, other?.Decisions ?? [],
                one?.Decisions ?? []);
            if (order <= 0) hasLeft = left.MoveNext();
            if (order >= 0) hasRight = right.MoveNext();
        }
    }

    private static int Order(Line left, Line right)
    {
        var byRole = string.CompareOrdinal(left.Role, right.Role);
        return byRole != 0 ? byRole : left.Number.CompareTo(right.Number);
    }

    private static IEnumerable<Line> Lines(string path) => File.ReadLines(path).Select((line, number) =>
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line)!;
        }
        catch (JsonException fault)
        {
            throw new ArchiveException($"{path}, line {number + 1}: is no line of decisions ({fault.Message}).", fault);
        }
    });
}
