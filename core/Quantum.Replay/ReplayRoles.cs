using Quantum.Archive;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Settings;
using Quantum.Contracts.Units;
using Quantum.Instruments;

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
        var settings = SystemSettings.For(mode, isTape, book.Filters);
        if (RunSettings.StrangeIn(values, "replay", settings) is { } strange) throw new ArchiveException(strange);
        try
        {
            foreach (var one in settings.All) one.BoundAmong(values);
        }
        catch (ArgumentException fault)
        {
            throw new ArchiveException(fault.Message, fault);
        }

        return SystemRoles.ByName(settings).Where(role => RoleNames.IsActiveIn(role.Key, mode)).ToDictionary();
    }
}
