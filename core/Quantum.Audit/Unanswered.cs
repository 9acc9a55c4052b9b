namespace Quantum.Audit;

/// <summary>What was asked and not answered: one command and one kind of error, wherever it happened.</summary>
/// <param name="Command">What was asked.</param>
/// <param name="Code">The kind of error.</param>
/// <param name="Word">The word by which the server names it, for example NOPERM.</param>
/// <param name="Message">The server's own words, of the first time.</param>
/// <param name="Node">Where, of the first time.</param>
public sealed record Unanswered(
    AuditCommand Command, RespErrorCode Code, string Word, string Message, string Node)
{
    private const int MostNamed = 3;
    private readonly HashSet<string> _subjects = new(StringComparer.Ordinal);
    private readonly List<string> _first = [];

    /// <summary>About how many keys and groups, from 0; 0 when it is about a server.</summary>
    public long Count => _subjects.Count;

    /// <summary>The first three of them.</summary>
    public IReadOnlyList<string> Subjects => _first;

    internal void Add(string? subject)
    {
        if (subject is not null && _subjects.Add(subject) && _first.Count < MostNamed) _first.Add(subject);
    }
}
