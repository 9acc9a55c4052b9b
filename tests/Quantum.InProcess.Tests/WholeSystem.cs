using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Executor;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Governance;
using Quantum.Roles.Learning;
using Quantum.Roles.Market;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Regimes;
using Quantum.Roles.Sizing;
using Quantum.Roles.Symbols;
using Quantum.Roles.TradingBot;
using Quantum.Roles.Venue;

namespace Quantum.InProcess.Tests;

/// <summary>
/// Every role of the system as a tape has it, in the order in which they handle an entry: what is given something, or
/// has a place that matters, stands here; any other comes last, as it is without settings.
/// </summary>
internal static class WholeSystem
{
    /// <param name="signals">Who stands where the AI stands.</param>
    /// <param name="symbols">What is known of the symbols.</param>
    /// <param name="learning">How models are learnt; null: as usual.</param>
    public static IReadOnlyList<Func<Role>> Roles(
        Func<Role> signals, SymbolFilterBook symbols, ClmSettings? learning = null)
    {
        SizingPolicyRole? policy = null;
        Func<Role>[] listed =
        [
            () => new ExchangeNormalizerRole(),
            () => new SimVenueRole(new VenueSettings { Symbols = symbols }), signals,
            () => new MetaRegimeRole(), () => new PortfolioRole(PortfolioSettings.For(isTape: true)),
            () => new GovernanceRole(GovernanceSettings.For(isTape: true)),
            () => policy = new SizingPolicyRole(),
            () => new SizingAgentRole(() => policy!.Current),
            () => new TradingBotRole(TradingBotSettings.For(isTape: true, symbols)),
            () => new ExecutorRole(ExecutorSettings.For(TradingMode.Sim, isTape: true, symbols)),
            () => new ExitBrainRole(ExitBrainSettings.For(isTape: true, symbols)),
            () => new ClmRole(learning), () => new RlOptimizerRole(), () => new ModelSupervisorRole(),
        ];
        return [.. listed, .. OthersThan([.. listed.Select(make => make())])];
    }

    private static IEnumerable<Func<Role>> OthersThan(IReadOnlyList<Role> listed) =>
        from type in typeof(ExecutorRole).Assembly.GetTypes()
        where type.IsSubclassOf(typeof(Role)) && listed.All(role => role.GetType() != type)
        let make = MakerOf(type)
        let name = make().Name
        where RoleNames.IsActiveIn(name, TradingMode.Paper) && listed.All(role => role.Name != name)
        select make;

    private static Func<Role> MakerOf(Type role)
    {
        var constructor = role.GetConstructors().Single();
        object?[] defaults =
        [
            .. constructor.GetParameters().Select(parameter => parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new InvalidOperationException($"{role} needs '{parameter.Name}': list it in WholeSystem.cs.")),
        ];
        return () => (Role)constructor.Invoke(defaults);
    }
}
