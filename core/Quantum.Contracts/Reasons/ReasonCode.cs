namespace Quantum.Contracts.Reasons;

/// <summary>One reason: the same code means the same wherever it is given.</summary>
/// <param name="Code">For programs; one that ends in <c>*</c> stands for every code that begins like it.</param>
/// <param name="Meaning">For people, as the end of a sentence that begins with "because".</param>
/// <param name="Uses">Who gives it where.</param>
public sealed record ReasonCode(string Code, string Meaning, params IReadOnlyList<ReasonUse> Uses)
{
    /// <summary>True for the code itself, and for what a pattern stands for.</summary>
    public bool Covers(string code) => Code.EndsWith('*')
        ? code.StartsWith(Code[..^1], StringComparison.Ordinal)
        : code == Code;
}

/// <summary>One place where a reason is given.</summary>
/// <param name="Role">The role that gives it.</param>
/// <param name="Stream">The stream on whose events it stands; null where it is only counted.</param>
/// <param name="Counter">The counter it is counted under; null where it stands on an event.</param>
public sealed record ReasonUse(string Role, string? Stream, string? Counter)
{
    internal static ReasonUse On(string role, string stream) => new(role, stream, null);

    internal static ReasonUse Counted(string role, string counter) => new(role, null, counter);
}
