namespace Quantum.Audit;

/// <summary>One thing that is wrong, in words, with what mends it. Names are in their text.</summary>
/// <param name="Code">For programs, for example <c>NO_ACTIVE_CONSUMER</c>.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Stream">The stream's key, or another key of Quantum's; null when it is about Redis or the whole
/// system.</param>
/// <param name="Group">The consumer group; null when it is about the stream.</param>
/// <param name="Count">How many entries, consumers or the like; 0 when nothing is counted.</param>
/// <param name="Text">One sentence with the values.</param>
/// <param name="Mend">The command or step that mends it there.</param>
public sealed record Finding(
    string Code, Severity Severity, string? Stream, string? Group, long Count, string Text, string Mend)
{
    /// <summary>What the count says about the truth.</summary>
    public Bound CountBound { get; init; }

    /// <summary>What else tells it from another finding of its code: a server, a command; null when nothing needs
    /// to.</summary>
    public string? About { get; init; }
}
