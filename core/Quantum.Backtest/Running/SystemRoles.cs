using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Roles.Ai;
using Quantum.Roles.Executor;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Governance;
using Quantum.Roles.Learning;
using Quantum.Roles.Market;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Regimes;
using Quantum.Roles.Sizing;
using Quantum.Roles.TradingBot;
using Quantum.Roles.Venue;

namespace Quantum.Backtest.Running;

/// <summary>
/// Every role of a system that plays a tape, made as its services make it, in <see cref="TapeOrder"/>: the order in
/// which the roles of a step speak, here and in Redis.
/// </summary>
public static class SystemRoles
{
    /// <param name="settings">The roles' settings.</param>
    /// <param name="signals">Who stands where the AI stands; null: the AI.</param>
    /// <param name="made">Told of each role that is made.</param>
    public static IReadOnlyList<Func<Role>> Of(
        SystemSettings settings, Func<Role>? signals = null, Action<Role>? made = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SizingPolicyRole? policy = null;
        var makers = new Dictionary<string, Func<Role>>(ByName(settings))
        {
            [RoleNames.RlSizingAgent] = () => new SizingAgentRole(() => policy!.Current, settings.Symbols),
            [RoleNames.SizingPolicy] = () => policy = new SizingPolicyRole(),
        };
        if (signals is not null) makers[RoleNames.AiEngine] = signals;
        return
        [
            .. TapeOrder.Roles.Where(makers.ContainsKey).Select(name => (Func<Role>)(() =>
            {
                var role = makers[name]();
                made?.Invoke(role);
                return role;
            })),
        ];
    }

    /// <summary>How the services make each role that decides by its own seat.</summary>
    public static IReadOnlyDictionary<string, Func<Role>> ByName(SystemSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new Dictionary<string, Func<Role>>
        {
            [RoleNames.ExchangeNormalizer] = () => new ExchangeNormalizerRole(),
            [RoleNames.AiEngine] = () => new AiEngineRole(settings.Ai),
            [RoleNames.MetaRegime] = () => new MetaRegimeRole(settings.MetaRegime),
            [RoleNames.TradingBot] = () => new TradingBotRole(settings.TradingBot),
            [RoleNames.SizingPolicy] = () => new SizingPolicyRole(),
            [RoleNames.Executor] = () => new ExecutorRole(settings.Executor),
            [RoleNames.SimVenue] = () => new SimVenueRole(settings.SimVenue),
            [RoleNames.ExitBrain] = () => new ExitBrainRole(settings.ExitBrain),
            [RoleNames.Portfolio] = () => new PortfolioRole(settings.Portfolio),
            [RoleNames.Governance] = () => new GovernanceRole(settings.Governance),
            [RoleNames.Clm] = () => new ClmRole(settings.Clm),
            [RoleNames.RlOptimizer] = () => new RlOptimizerRole(settings.RlOptimizer),
            [RoleNames.ModelSupervisor] = () => new ModelSupervisorRole(settings.ModelSupervisor),
        };
    }
}
