using Quantum.Roles.ExitBrain;

namespace Quantum.Looking;

/// <summary>How ExitBrain means to leave an open position.</summary>
/// <param name="OpenedAtMs">UTC epoch ms of the first fill.</param>
/// <param name="StopDistance">1 R, quote currency, above 0.</param>
/// <param name="Targets">Prices of the targets that are still open, the nearest first.</param>
public sealed record PlannedExit(long OpenedAtMs, decimal StopDistance, IReadOnlyList<decimal> Targets)
{
    /// <summary>Every open one by symbol.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static IReadOnlyDictionary<string, PlannedExit> All(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look.StatesOf<OpenTrade>(RoleNames.ExitBrain, OpenTrade.Key)
            .ToDictionary(trade => trade.Key, trade => Of(trade.Value), StringComparer.Ordinal);
    }

    private static PlannedExit Of(OpenTrade trade) => new(
        trade.OpenedAtMs, trade.Plan.StopDistance,
        [.. trade.Plan.Targets.Where(target => !target.IsDone).Select(target => target.Price)]);
}
