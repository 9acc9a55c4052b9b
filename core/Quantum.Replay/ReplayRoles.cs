using Quantum.Archive;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Settings;
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
    /// <summary>How to make each role of a run.</summary>
    /// <param name="mode">The run's mode.</param>
    /// <param name="isTape">Whether its time was a tape's.</param>
    /// <param name="values">What was set.</param>
    /// <param name="book">What is known of the symbols.</param>
    public static IReadOnlyDictionary<string, Func<Role>> Of(
        TradingMode mode, bool isTape, IReadOnlyDictionary<string, string?> values, InstrumentBook book)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(book);
        RequireKnown(values);
        var symbols = book.Filters;
        Func<Role>[] makers =
        [
            () => new AiEngineRole(Of(new AiEngineSettings { Symbols = symbols }, values)),
            () => new ClmRole(Of(new ClmSettings(), values)),
            () => new ExchangeNormalizerRole(),
            () => new ExecutorRole(Of(ExecutorSettings.For(mode, isTape, symbols), values)),
            () => new ExitBrainRole(Of(ExitBrainSettings.For(isTape, symbols), values)),
            () => new GovernanceRole(Of(GovernanceSettings.For(isTape), values)),
            () => new MetaRegimeRole(Of(new RegimeSettings(), values)),
            () => new ModelSupervisorRole(Of(new SupervisorSettings(), values)),
            () => new PortfolioRole(Of(PortfolioSettings.For(isTape), values)),
            () => new RlOptimizerRole(Of(new RlOptimizerSettings(), values)),
            () => new SimVenueRole(Of(new VenueSettings { Symbols = symbols }, values)),
            () => new SizingPolicyRole(),
            () => new TradingBotRole(Of(TradingBotSettings.For(isTape, symbols), values)),
        ];
        return makers.Select(make => (make().Name, make)).Where(role => RoleNames.IsActiveIn(role.Name, mode))
            .ToDictionary(role => role.Name, role => role.make);
    }

    private static TSettings Of<TSettings>(TSettings settings, IReadOnlyDictionary<string, string?> values)
        where TSettings : class
    {
        var section = SettingsCheck.SectionOf(typeof(TSettings)) + ":";
        try
        {
            return settings.Bound(values
                .Where(pair => pair.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
                .Select(pair => KeyValuePair.Create(pair.Key[section.Length..], pair.Value)));
        }
        catch (ArgumentException fault)
        {
            throw new ArchiveException(fault.Message, fault);
        }
    }

    private static void RequireKnown(IReadOnlyDictionary<string, string?> values)
    {
        var known = RoleSections.All.Concat(RunSettings.SectionsOfOthers).Append("Feed").ToArray();
        var wrong = values.Keys.FirstOrDefault(path =>
            !known.Contains(path.Split(':')[0], StringComparer.OrdinalIgnoreCase));
        if (wrong is null) return;
        throw new ArchiveException(
            $"{wrong} is no setting: a replay reads {string.Join(", ", RoleSections.All)}; correct or remove it.");
    }
}
