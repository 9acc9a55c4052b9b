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

/// <summary>Every role of the system as a tape has it, in the order in which they handle an entry.</summary>
internal static class WholeSystem
{
    /// <param name="signals">Who stands where the AI stands.</param>
    /// <param name="symbols">What is known of the symbols.</param>
    /// <param name="learning">How models are learnt; null: as usual.</param>
    public static IReadOnlyList<Func<Role>> Roles(
        Func<Role> signals, SymbolFilterBook symbols, ClmSettings? learning = null)
    {
        SizingPolicyRole? policy = null;
        return
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
    }
}
