using Quantum.Venue.Engine;

namespace Quantum.Venue.Faults;

/// <summary>The faults of one account. Owned by the loop's thread.</summary>
internal sealed class FaultBook(VenueClock clock)
{
    private readonly List<FaultRule> _rules = [];

    public IReadOnlyList<FaultRule> Rules => _rules;

    /// <summary>What the account sees added to the venue's time, ms.</summary>
    public long ShiftMs
    {
        get
        {
            var atMs = clock.NowMs;
            var shiftMs = 0L;
            foreach (var rule in _rules)
                if (rule.Kind == FaultKind.Skew && !(atMs >= rule.UntilMs)) shiftMs += rule.ShiftMs;
            return shiftMs;
        }
    }

    public void Add(FaultRule rule) => _rules.Add(rule);

    public void Clear() => _rules.Clear();

    /// <summary>The fault that meets a request, or null.</summary>
    /// <param name="request">Method and path.</param>
    public FaultRule? OfRequest(string request)
    {
        if (_rules.Count == 0) return null;
        var atMs = clock.NowMs;
        foreach (var rule in _rules)
            if (rule.Kind <= FaultKind.Ban && rule.Strikes(request, atMs)) return rule;
        return null;
    }

    /// <summary>What happens to the next event of the user stream.</summary>
    public EventFate FateOfEvent()
    {
        if (_rules.Count == 0) return EventFate.Told;
        var atMs = clock.NowMs;
        foreach (var rule in _rules)
            if (rule.Kind is FaultKind.Stale or FaultKind.Reorder or FaultKind.Double && rule.Strikes(null, atMs))
                return rule.Kind switch
                {
                    FaultKind.Stale => EventFate.Lost,
                    FaultKind.Reorder => EventFate.Late,
                    _ => EventFate.Double,
                };
        return EventFate.Told;
    }
}
