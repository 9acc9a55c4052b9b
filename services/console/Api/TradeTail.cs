using Quantum.Console.Live;

namespace Quantum.Console.Api;

/// <summary>
/// The closed trades that one feed has not told yet: each once, however many close between two looks.
/// </summary>
internal sealed class TradeTail(Questions questions)
{
    private const int PageEntries = 1_000;
    private readonly Dictionary<string, string> _toldTo = new(StringComparer.Ordinal);
    private bool _hasBegun;
    private string _newest = "";

    /// <summary>Those since the call before, oldest first; none of before the first.</summary>
    public async Task<IReadOnlyList<StreamEntry>> NextAsync(SystemView view, CancellationToken cancel)
    {
        var newest = view.Trades is [var first, ..] ? first.Id : "";
        if (view.Fault is not null || (_hasBegun && newest == _newest)) return [];
        // What cannot be read now is read with the next look.
        var (found, _) = await questions.AskAsync(look => _hasBegun ? Since(look) : Begin(look), cancel);
        if (found is null) return [];
        (_hasBegun, _newest) = (true, newest);
        foreach (var entry in found) _toldTo[entry.Key] = entry.Id;
        return found;
    }

    private List<StreamEntry> Begin(SystemRedis look)
    {
        foreach (var key in look.Keys.KeysOf(StreamCatalog.TradeClosed)) _toldTo[key] = look.Last(key)?.Id ?? "0-0";
        return [];
    }

    private List<StreamEntry> Since(SystemRedis look)
    {
        var found = new List<StreamEntry>();
        foreach (var (key, told) in _toldTo)
        {
            var at = told;
            while (look.After(key, at, PageEntries) is { Count: > 0 } page)
            {
                found.AddRange(page);
                at = page[^1].Id;
            }
        }

        return [.. found.OrderBy(entry => entry.IdMs)];
    }
}
