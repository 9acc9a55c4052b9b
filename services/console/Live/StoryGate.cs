using Quantum.Contracts.Reasons;

namespace Quantum.Console.Live;

/// <summary>A gate that a trade met on its way, as it was told then.</summary>
/// <param name="Role">Who asked.</param>
/// <param name="Code">The reason's code that it closes with.</param>
/// <param name="Figure">What was found; empty where the gate had nothing to ask.</param>
/// <param name="Limit">What was asked of it; empty likewise.</param>
/// <param name="IsOpen">False for the one that ended the wish.</param>
public sealed record StoryGate(string Role, string Code, string Figure, string Limit, bool IsOpen)
{
    /// <summary>What it means where it closes.</summary>
    public string Meaning => ReasonCatalog.MeaningOf(Code);

    /// <summary>Of an event that tells what it passed; none where it is of an older build.</summary>
    internal static IEnumerable<StoryGate> Of(string role, StreamEntry? told) =>
        told is not null && WireJson.TryParse<PassedGate[]>(told["gates"], out var gates)
            ? gates.Select(gate => new StoryGate(role, gate.Gate, gate.Figure, gate.Limit, true))
            : [];

    /// <summary>The one that denied an intent, by the intent's end; none where it was not denied.</summary>
    internal static IEnumerable<StoryGate> Closed(StreamEntry? end) =>
        end is not null && end["outcome"] == WireNames.Of(Outcome.Denied)
            ? [new StoryGate(RoleNames.Executor, end["reason_code"], end["reason"], "", false)]
            : [];
}
