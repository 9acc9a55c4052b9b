using System.Text.RegularExpressions;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>
/// Compares the entries of two runs. A price has no id of its own: what it leads to is named after its place in the
/// stream, which is the server's clock. So a name that holds such a place, or a hash of one, has a partner in the other
/// run, the same one everywhere; all else must be equal.
/// </summary>
internal sealed partial class NamePairs
{
    private readonly Dictionary<string, string> _there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _back = new(StringComparer.Ordinal);

    public bool AreSame(SortedDictionary<string, string> one, SortedDictionary<string, string> other) =>
        one.Keys.SequenceEqual(other.Keys) && one.All(pair => AreSame(pair.Value, other[pair.Key]));

    private bool AreSame(string one, string other)
    {
        if (one == other) return true;
        var (left, right) = (Names().Matches(one), Names().Matches(other));
        if (left.Count == 0 || left.Count != right.Count) return false;
        if (Names().Replace(one, "#") != Names().Replace(other, "#")) return false;
        return left.Zip(right).All(pair => ArePaired(pair.First.Value, pair.Second.Value));
    }

    private bool ArePaired(string one, string other)
    {
        if (_there.TryGetValue(one, out var partner)) return partner == other;
        if (_back.ContainsKey(other)) return false;
        (_there[one], _back[other]) = (other, one);
        return true;
    }

    [GeneratedRegex(@"(?<=@)\d+-\d+|(?<![a-z0-9])(?:[qp]1)?[a-z2-7]{26}(?![a-z0-9])")]
    private static partial Regex Names();
}
