using Quantum.Contracts.Reasons;
using Quantum.EventLog;

namespace Quantum.Looking;

/// <summary>What a role did not do with a symbol, why and how often.</summary>
/// <param name="Role">Who.</param>
/// <param name="Counter">What was not done, for example <c>signal_dropped</c>.</param>
/// <param name="Symbol">The subject; empty where the whole system is.</param>
/// <param name="Reason">The reason's code.</param>
/// <param name="Times">From 1.</param>
/// <param name="IsLast">True when this was the counter's last reason for the symbol.</param>
/// <param name="LastAtMs">When it last closed, UTC epoch ms; null where an older build counted it.</param>
/// <param name="Figures">What was found then and what was asked for; empty where the reason says all.</param>
public sealed record ClosedGate(
    string Role, string Counter, string Symbol, string Reason, long Times, bool IsLast, long? LastAtMs, string Figures)
{
    /// <summary>Counted beside refusals, but nothing was put aside: it was done.</summary>
    private static readonly string[] s_done = ["filled", "stop_moved", "matched", "started", "completed"];

    /// <summary>What the reason means; empty for one of another build.</summary>
    public string Meaning => ReasonCatalog.MeaningOf(Reason);

    /// <summary>Every one that was counted, of one symbol or of all: the last reasons first, then the newest.</summary>
    public static IReadOnlyList<ClosedGate> All(SystemRedis look, string? symbol = null)
    {
        ArgumentNullException.ThrowIfNull(look);
        var gates = new List<ClosedGate>();
        foreach (var role in ServiceHosts.All.SelectMany(host => host.Roles).Where(r => StreamCatalog.ReadBy(r).Any()))
        {
            var last = look.Seats(role, look.Keys.Reasons);
            foreach (var (field, times) in look.Seats(role, look.Keys.Counts))
            {
                var parts = field.Split('/', 3);
                if (parts.Length < 3 || s_done.Contains(parts[1])) continue;
                if (symbol is not null && parts[2] != symbol) continue;
                var isLast = ReasonFields.TryReadLast(
                    last.GetValueOrDefault(ReasonFields.Last(parts[0], parts[2]), ""), out var lastAtMs, out var reason)
                    && reason == parts[1];
                var isTold = ReasonFields.TryReadLast(
                    last.GetValueOrDefault(field, ""), out var ownAtMs, out var figures);
                gates.Add(new ClosedGate(
                    role, parts[0], parts[2], parts[1], long.Parse(times, CultureInfo.InvariantCulture), isLast,
                    isTold ? ownAtMs : isLast ? lastAtMs : null, figures));
            }
        }

        return
        [
            .. gates.OrderByDescending(g => g.IsLast).ThenByDescending(g => g.LastAtMs).ThenByDescending(g => g.Times),
        ];
    }
}
