using Quantum.EventLog;

namespace Quantum.Simulation.Checks;

/// <summary>At the moment of decision an entry is within a policy that the executor may hold for the newest.</summary>
internal sealed class ExposureLimits(SimulatedWorld world) : Checker(world, "exposure")
{
    /// <summary>Prices and equity may have moved since the executor heard of them, fraction.</summary>
    private const double Tolerance = 0.05;

    private static readonly RoleSeat s_executor = new(RoleNames.Executor, 0);
    private readonly List<(EntryId Id, PolicyUpdated Policy)> _policies = [];

    public override void OnPolicy(in PolicyUpdated policy, in SeenEntry entry) => _policies.Add((entry.Id, policy));

    public override void OnCommand(in OrderCommand command, in SeenEntry entry)
    {
        if (command is not { Action: OrderAction.Place, ReduceOnly: false, ReferencePrice: { } price }) return;
        var venue = World.Exchange.View();
        var equity = (double)(venue.WalletUsd + venue.UnrealizedUsd);
        var (order, symbol) = (command, command.Symbol);
        var orderUsd = (double)(command.Quantity * price);
        var heldUsd = (double)venue.Positions.Where(held => held.Symbol == symbol).Sum(held => held.NotionalUsd);
        var grossUsd = (double)venue.Positions.Sum(held => held.NotionalUsd);
        var read = World.Log.SeatOf(s_executor).Cursors.GetValueOrDefault(StreamCatalog.PolicyUpdated.Key);
        // What it read last, and what came since.
        _policies.RemoveRange(0, Math.Max(0, _policies.FindLastIndex(known => known.Id <= read)));
        if (_policies.Exists(known => Allows(known.Policy, in order, equity, heldUsd, grossUsd, orderUsd))) return;
        Fail($"{symbol}: the entry {command.ClientOrderId} of {orderUsd:0} USD at leverage {command.Leverage} is "
            + $"within no policy: {heldUsd:0} USD of it and {grossUsd:0} USD in all are held, equity is {equity:0} "
            + $"USD, the policy {(_policies.Count == 0 ? "none" : _policies[^1].Policy.ToString())}");
    }

    private static bool Allows(
        in PolicyUpdated policy, in OrderCommand command, double equity, double heldUsd, double grossUsd,
        double orderUsd) =>
        policy is { KillSwitch: false, RiskMode: not RiskMode.Halt }
        && command.Leverage <= policy.MaxLeverage
        && grossUsd + orderUsd <= policy.MaxGrossExposureFraction * equity * (1 + Tolerance)
        && heldUsd + orderUsd <= policy.MaxSymbolExposureFraction * equity * (1 + Tolerance);
}
