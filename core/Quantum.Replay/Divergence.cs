namespace Quantum.Replay;

/// <summary>Where the decisions about a symbol differ first.</summary>
/// <param name="Symbol">Empty for decisions about none.</param>
/// <param name="Role">Who decided.</param>
/// <param name="Stream">Where it was published.</param>
/// <param name="AtMs">The input's time, UTC epoch ms.</param>
/// <param name="Source">The input's stream and id, or <c>clock</c>.</param>
/// <param name="Input">What the input said.</param>
/// <param name="Fields">The fields that differ; empty where one run has no decision.</param>
/// <param name="Before">The decision before; null where there was none.</param>
/// <param name="Now">The decision now; null where there is none.</param>
public sealed record Divergence(
    string Symbol, string Role, string Stream, long AtMs, string Source, IReadOnlyDictionary<string, string> Input,
    IReadOnlyList<string> Fields, IReadOnlyDictionary<string, string>? Before,
    IReadOnlyDictionary<string, string>? Now);
