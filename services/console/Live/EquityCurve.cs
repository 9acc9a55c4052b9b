namespace Quantum.Console.Live;

/// <summary>The equity that the portfolio has told, thinned out: read once, then only what is new.</summary>
internal sealed class EquityCurve
{
    private const int MostPoints = 600;
    private const int MostRead = 5_000;
    private const int Page = 500;

    private readonly List<EquityPoint> _points = [];
    private string? _lastId;
    private long _leastGapMs;

    /// <summary>The curve with what has come since the last look.</summary>
    public IReadOnlyList<EquityPoint> Read(SystemRedis look)
    {
        var key = look.Keys.KeysOf(StreamCatalog.PortfolioSnapshot)[0];
        // Another run on the same server begins a stream anew.
        if (_lastId is { } id && (look.Last(key) is not { } newest || EntryId.Parse(newest.Id) < EntryId.Parse(id)))
            Clear();
        var fresh = _lastId is null
            ? look.Newest(key, MostRead).Reverse().ToList()
            : look.After(key, _lastId, Page).ToList();
        foreach (var entry in fresh) Add(entry);
        return [.. _points];
    }

    private void Clear()
    {
        _points.Clear();
        (_lastId, _leastGapMs) = (null, 0);
    }

    private void Add(StreamEntry entry)
    {
        _lastId = entry.Id;
        if (!decimal.TryParse(entry["total_equity_usd"], CultureInfo.InvariantCulture, out var usd)) return;
        // The last point always is the newest; those before keep their distance.
        if (_points.Count > 1 && entry.AtMs - _points[^2].AtMs < _leastGapMs) _points.RemoveAt(_points.Count - 1);
        _points.Add(new EquityPoint(entry.AtMs, usd));
        if (_points.Count <= MostPoints) return;
        for (var i = _points.Count - 2; i > 0; i -= 2) _points.RemoveAt(i);
        _leastGapMs = (_points[^1].AtMs - _points[0].AtMs) / MostPoints;
    }
}
