using Quantum.Roles.Ai;
using Quantum.Roles.Executor;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Governance;
using Quantum.Roles.Learning;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Regimes;
using Quantum.Roles.Symbols;
using Quantum.Roles.TradingBot;
using Quantum.Roles.Venue;

namespace Quantum.Backtest.Settings;

/// <summary>The settings of every role of a system: those that its services would read.</summary>
public sealed record SystemSettings
{
    /// <summary>The mode of a system that fills its orders itself: as a tape is played through its services.</summary>
    public const TradingMode Mode = TradingMode.Paper;

    /// <summary>What is known of the symbols.</summary>
    public required SymbolFilterBook Symbols { get; init; }

    public required AiEngineSettings Ai { get; init; }
    public required TradingBotSettings TradingBot { get; init; }
    public required ExecutorSettings Executor { get; init; }
    public required VenueSettings SimVenue { get; init; }
    public required ExitBrainSettings ExitBrain { get; init; }
    public required PortfolioSettings Portfolio { get; init; }
    public required GovernanceSettings Governance { get; init; }
    public required RegimeSettings MetaRegime { get; init; }
    public required ClmSettings Clm { get; init; }
    public required RlOptimizerSettings RlOptimizer { get; init; }
    public required SupervisorSettings ModelSupervisor { get; init; }

    /// <summary>The defaults on a tape; every call gives fresh ones.</summary>
    public static SystemSettings OnTape(SymbolFilterBook symbols) => For(Mode, isTape: true, symbols);

    /// <summary>The defaults of a system; every call gives fresh ones.</summary>
    public static SystemSettings For(TradingMode mode, bool isTape, SymbolFilterBook symbols) => new()
    {
        Symbols = symbols,
        Ai = new AiEngineSettings { Symbols = symbols },
        TradingBot = TradingBotSettings.For(isTape, symbols),
        Executor = ExecutorSettings.For(mode, isTape, symbols),
        SimVenue = new VenueSettings { Symbols = symbols },
        ExitBrain = ExitBrainSettings.For(isTape, symbols),
        Portfolio = PortfolioSettings.For(isTape),
        Governance = GovernanceSettings.For(isTape),
        MetaRegime = new RegimeSettings(),
        Clm = new ClmSettings(),
        RlOptimizer = new RlOptimizerSettings(),
        ModelSupervisor = new SupervisorSettings(),
    };

    /// <summary>Each role's settings.</summary>
    public IReadOnlyList<object> All =>
    [
        Ai, TradingBot, Executor, SimVenue, ExitBrain, Portfolio, Governance, MetaRegime, Clm, RlOptimizer,
        ModelSupervisor,
    ];

    /// <summary>What the sections of the roles are called.</summary>
    public IReadOnlyList<string> Sections => [.. All.Select(one => SettingsCheck.SectionOf(one.GetType()))];
}
