using System.Collections;
using System.Globalization;
using Quantum.Backtest.Results;
using Quantum.Contracts.Settings;
using Quantum.Feeds;
using Quantum.Instruments;

namespace Quantum.Backtest.Settings;

/// <summary>What a run is made with: the sections of the services that take part, read as they read them.</summary>
public sealed record RunSettings
{
    // What other parts of a system read: in a file that ran live they stand beside the roles' sections.
    private static readonly string[] s_ofOthers =
    [
        "Logging", "AllowedHosts", "Kestrel", "Urls", "ConnectionStrings", "Quantum", "Binance", "OrderLane",
        "RateBudget", "Watchdog", "Quotes", "Venue", "Control", "Access", "Http",
        .. PlainSettings.All.Select(setting => setting.Name.Split(':')[0]),
    ];

    private RunSettings(
        SystemSettings system, FeedOptions feed, InstrumentBook book, IReadOnlyList<UsedSetting> used) =>
        (System, Feed, Book, Used) = (system, feed, book, used);

    /// <summary>The roles' settings.</summary>
    public SystemSettings System { get; init; }

    /// <summary>What the market's service would be told of its feed.</summary>
    public FeedOptions Feed { get; init; }

    /// <summary>The facts of the instruments.</summary>
    public InstrumentBook Book { get; }

    /// <summary>Every setting in force.</summary>
    public IReadOnlyList<UsedSetting> Used { get; }

    /// <summary>Sections that a backtest has no use for and passes over.</summary>
    public static IReadOnlyCollection<string> SectionsOfOthers => s_ofOthers;

    /// <summary>
    /// Reads the settings; throws <see cref="SettingsException"/> of one line for a section or key that there is not
    /// and for a value that cannot be.
    /// </summary>
    /// <param name="text">What was given; null: nothing.</param>
    public static RunSettings Of(SettingsText? text = null)
    {
        var values = text?.Values ?? new Dictionary<string, string?>();
        try
        {
            var book = BookOf(values);
            var system = SystemSettings.OnTape(book.Filters);
            var feed = new FeedOptions();
            object[] all = [.. system.All, feed];
            Check(values, [.. all.Select(one => SettingsCheck.SectionOf(one.GetType()))]);
            foreach (var settings in all) Bind(settings, values);
            return new RunSettings(system, feed, book, [.. system.All.SelectMany(one => UsedOf(one, values))]);
        }
        catch (Exception fault) when (fault is ArgumentException or InstrumentException)
        {
            throw new SettingsException(fault.Message, fault);
        }
    }

    private static void Bind(object settings, IReadOnlyDictionary<string, string?> values)
    {
        var section = SettingsCheck.SectionOf(settings.GetType()) + ":";
        settings.Bound(values
            .Where(pair => pair.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            .Select(pair => KeyValuePair.Create(pair.Key[section.Length..], pair.Value)));
    }

    private static void Check(IReadOnlyDictionary<string, string?> values, string[] sections)
    {
        foreach (var path in values.Keys)
        {
            var name = path.Split(':')[0];
            if (sections.Concat(s_ofOthers).Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            throw new SettingsException(
                $"{path} is no setting: there is no section '{name}', a backtest reads {string.Join(", ", sections)}. "
                + "Correct or remove it.");
        }
    }

    private static InstrumentBook BookOf(IReadOnlyDictionary<string, string?> values) =>
        values.GetValueOrDefault(PlainSettings.InstrumentsPath.Name) is { Length: > 0 } path
            ? InstrumentBook.Load(path)
            : InstrumentBook.BuiltIn;

    private static IEnumerable<UsedSetting> UsedOf(object settings, IReadOnlyDictionary<string, string?> values)
    {
        var section = SettingsCheck.SectionOf(settings.GetType());
        return UsedIn(settings, "").Select(pair => new UsedSetting(
            section, pair.Name, pair.Value,
            !values.Keys.Any(path => IsAt(path, $"{section}:{pair.Name}"))));
    }

    private static bool IsAt(string path, string setting) =>
        path.StartsWith(setting, StringComparison.OrdinalIgnoreCase)
        && (path.Length == setting.Length || path[setting.Length] == ':');

    private static IEnumerable<(string Name, string Value)> UsedIn(object group, string prefix) =>
        SettingField.Of(group.GetType()).Where(field => !field.IsSecret).SelectMany(field =>
        {
            var (name, value) = (prefix + field.Name, field.Property.GetValue(group));
            return field.IsGroup && value is not null ? UsedIn(value, name + ":") : [(name, TextOf(value))];
        });

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(TextOf)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
