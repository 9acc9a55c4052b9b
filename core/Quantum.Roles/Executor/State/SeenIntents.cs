namespace Quantum.Roles.Executor.State;

/// <summary>Ids of the last intents of a symbol, so that one that comes twice ends once.</summary>
internal sealed class SeenIntents
{
    private const int Kept = 64;

    /// <summary>Newest last.</summary>
    public List<string> Ids { get; init; } = [];

    /// <summary>False when the intent was seen before.</summary>
    public bool TryAdd(string id)
    {
        if (Ids.Contains(id)) return false;
        Ids.Add(id);
        if (Ids.Count > Kept) Ids.RemoveAt(0);
        return true;
    }
}
