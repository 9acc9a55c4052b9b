using Quantum.Archive;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Instruments;

namespace Quantum.Replay;

/// <summary>Makes the system's roles as their services do, of the same settings.</summary>
public static class ReplayRoles
{
    /// <summary>How to make each role of a run.</summary>
    /// <param name="mode">The run's mode.</param>
    /// <param name="isTape">Whether its time was a tape's.</param>
    /// <param name="text">What was set.</param>
    /// <param name="instruments">What is known of the symbols; null: what the run was given.</param>
    public static IReadOnlyDictionary<string, Func<Role>> Of(
        TradingMode mode, bool isTape, SettingsText text, InstrumentBook? instruments)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = text.Values;
        var book = instruments ?? BookOf(values);
        var settings = SystemSettings.For(mode, isTape, book.Filters);
        if (RunSettings.StrangeIn(text, "replay", settings, readsFeed: false) is { } strange)
            throw new ArchiveException(strange);
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

    /// <summary>A run's mode; throws <see cref="ArchiveException"/> for one that this build does not know.</summary>
    internal static TradingMode ModeOf(string text) =>
        EnumText<TradingMode>.TryParse(Encoding.UTF8.GetBytes(text), out var mode)
            ? mode
            : throw new ArchiveException(
                $"the run's mode is '{text}', which this build does not know ({EnumText<TradingMode>.Allowed}): replay "
                + "it with the build that ran.");

    /// <summary>Throws <see cref="ArchiveException"/> where a role is wanted that there is not.</summary>
    public static void Check(IEnumerable<string> wanted, IEnumerable<string> roles)
    {
        if (wanted.Except(roles).FirstOrDefault() is not { } unknown) return;
        throw new ArchiveException($"--roles holds '{unknown}': use {string.Join(", ", roles.Order())}.");
    }

    private static InstrumentBook BookOf(IReadOnlyDictionary<string, string?> values)
    {
        var path = values.GetValueOrDefault(PlainSettings.InstrumentsPath.Name);
        return string.IsNullOrEmpty(path) || File.Exists(path)
            ? RunSettings.BookOf(values)
            : throw new ArchiveException(
                $"the run has the instruments of {path}, which is not here: name the file with --instruments.");
    }
}
