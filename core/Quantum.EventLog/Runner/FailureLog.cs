using Quantum.Contracts.Units;

namespace Quantum.EventLog.Runner;

/// <summary>
/// What this process has seen handlers fail on: the difference between a poison entry and a slow owner.
/// </summary>
/// <param name="tell">Told the first failure on each entry, with its exception.</param>
internal sealed class FailureLog(Action<string, Exception>? tell = null)
{
    private const int MostKept = 1000;
    private readonly Dictionary<(string, EntryId), Failure> _failures = [];

    /// <summary>The failures on an entry, or with a null link on a clock reading.</summary>
    public Failure? Find(LogLink? link, EntryId id) =>
        _failures.Count > 0 && _failures.TryGetValue((link?.StreamKey ?? "", id), out var failure) ? failure : null;

    public void Record(LogLink? link, EntryId id, Exception cause)
    {
        if (_failures.Count >= MostKept) _failures.Clear();
        var times = (Find(link, id)?.Times ?? 0) + 1;
        if (times == 1) tell?.Invoke(link is null ? $"the clock reading {id.Ms}" : $"{link.StreamKey} {id}", cause);
        _failures[(link?.StreamKey ?? "", id)] = new Failure(times, $"{cause.GetType().Name}: {cause.Message}");
    }

    public void Forget(LogLink link, EntryId id)
    {
        if (_failures.Count > 0) _failures.Remove((link.StreamKey, id));
    }

    internal sealed record Failure(int Times, string Text);
}
