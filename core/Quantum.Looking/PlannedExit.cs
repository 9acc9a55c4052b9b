using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Wire;
using Quantum.Roles.ExitBrain;

namespace Quantum.Looking;

/// <summary>How ExitBrain means to leave an open position.</summary>
/// <param name="OpenedAtMs">UTC epoch ms of the first fill.</param>
/// <param name="StopDistance">1 R, quote currency, above 0.</param>
/// <param name="Targets">Prices of the targets that are still open, the nearest first.</param>
public sealed record PlannedExit(long OpenedAtMs, decimal StopDistance, IReadOnlyList<decimal> Targets)
{
    private const string Field = OpenTrade.Key + "/";

    /// <summary>Every open one by symbol.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static IReadOnlyDictionary<string, PlannedExit> All(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look.State(RoleNames.ExitBrain)
            .Where(field => field.Key.StartsWith(Field, StringComparison.Ordinal))
            .Select(field => (
                Symbol: field.Key[Field.Length..],
                Trade: JsonSerializer.Deserialize<OpenTrade>(field.Value, WireJson.StateOptions)))
            .Where(known => known.Trade is not null)
            .ToDictionary(known => known.Symbol, known => Of(known.Trade!), StringComparer.Ordinal);
    }

    private static PlannedExit Of(OpenTrade trade) => new(
        trade.OpenedAtMs, trade.Plan.StopDistance,
        [.. trade.Plan.Targets.Where(target => !target.IsDone).Select(target => target.Price)]);
}
