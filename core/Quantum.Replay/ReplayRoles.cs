using Quantum.Archive;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Instruments;
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

namespace Quantum.Replay;

/// <summary>Makes the system's roles as their services do, of the same settings.</summary>
public static class ReplayRoles
{
    /// <summary>The sections of the roles' settings.</summary>
    public static IReadOnlyList<string> Sections { get; } =
    [
        "Ai", "Clm", "Executor", "ExitBrain", "Governance", "MetaRegime", "ModelSupervisor", "Portfolio", "RlOptimizer",
        "SimVenue", "TradingBot",
    ];

    /// <summary>Sections of a settings file that decide nothing of what a role does.</summary>
    private static readonly string[] s_others =
    [
        "Binance", "Console", "Control", "ConnectionStrings", "Feed", "Instruments", "Journal", "Logging", "OrderLane",
        "Quantum", "Quotes", "RateBudget", "Run", "Redis", "Sizing", "Venue", "Watchdog", "mode",
    ];

    /// <summary>How to make each role of a run.</summary>
    /// <param name="mode">The run's mode.</param>
    /// <param name="isTape">Whether its time was a tape's.</param>
    /// <param name="values">What was set.</param>
    /// <param name="book">What is known of the symbols.</param>
    public static IReadOnlyDictionary<string, Func<Role>> Of(
        TradingMode mode, bool isTape, SettingValues values, InstrumentBook book)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(book);
        values.RequireKnown(Sections, s_others);
        var symbols = book.Filters;
        Func<Role>[] makers =
        [
            () => new AiEngineRole(values.Of(new AiEngineSettings { Symbols = symbols })),
            () => new ClmRole(values.Of(new ClmSettings())),
            () => new ExchangeNormalizerRole(),
            () => new ExecutorRole(values.Of(ExecutorSettings.For(mode, isTape, symbols))),
            () => new ExitBrainRole(values.Of(ExitBrainSettings.For(isTape, symbols))),
            () => new GovernanceRole(values.Of(GovernanceSettings.For(isTape))),
            () => new MetaRegimeRole(values.Of(new RegimeSettings())),
            () => new ModelSupervisorRole(values.Of(new SupervisorSettings())),
            () => new PortfolioRole(values.Of(PortfolioSettings.For(isTape))),
            () => new RlOptimizerRole(values.Of(new RlOptimizerSettings())),
            () => new SimVenueRole(values.Of(new VenueSettings { Symbols = symbols })),
            () => new SizingPolicyRole(),
            () => new TradingBotRole(values.Of(TradingBotSettings.For(isTape, symbols))),
        ];
        return makers.Select(make => (make().Name, make)).Where(role => RoleNames.IsActiveIn(role.Name, mode))
            .ToDictionary(role => role.Name, role => role.make);
    }
}
