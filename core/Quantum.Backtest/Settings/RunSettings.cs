using System.Collections;
using Quantum.Backtest.Results;
using Quantum.Feeds;
using Quantum.Instruments;

namespace Quantum.Backtest.Settings;

/// <summary>What a run is made with: the sections of the services that take part, read as they read them.</summary>
public sealed record RunSettings
{
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

    // What the options of a backtest say instead, and what a generated market alone reads.
    private static readonly string[] s_feedUnread =
    [
        nameof(FeedOptions.Kind), nameof(FeedOptions.Path), nameof(FeedOptions.Speed), nameof(FeedOptions.ExitAtEnd),
        nameof(FeedOptions.Seed), nameof(FeedOptions.Edge),
    ];

    /// <summary>
    /// Sections that are passed over in a file: other parts of a system read them, and in a file that ran live they
    /// stand beside the roles'. A typed word of one would change nothing, and is refused.
    /// </summary>
    public static IReadOnlyCollection<string> SectionsOfOthers { get; } =
    [
        "Logging", "AllowedHosts", "Kestrel", "Urls", "ConnectionStrings", .. KnownSections.OfServices,
        .. PlainSettings.All.Select(setting => KnownSections.SectionOf(setting.Name)),
    ];

    /// <summary>
    /// Reads the settings; throws <see cref="SettingsException"/> of one line for a section or key that there is not
    /// and for a value that cannot be.
    /// </summary>
    /// <param name="text">What was given; null: nothing.</param>
    public static RunSettings Of(SettingsText? text = null)
    {
        text ??= new SettingsText();
        // A file that ran at an exchange says nothing of the simulated venue: its costs are those that the roles reckon
        // with. Who types one, or varies it, says both.
        var typed = text.Words;
        text = text.With([.. AlikeSettings.MissingAtVenue(text.Values.GetValueOrDefault)
            .Where(missing => !typed.Contains(missing.OfRole, StringComparer.OrdinalIgnoreCase))
            .Select(missing => $"{missing.OfVenue}={missing.Value}")]);
        var values = text.Values;
        try
        {
            var book = BookOf(values);
            var system = SystemSettings.OnTape(book.Filters);
            var feed = new FeedOptions();
            if (StrangeIn(text, "backtest", system, readsFeed: true) is { } strange)
                throw new SettingsException(strange);
            foreach (var settings in system.All.Append(feed)) settings.BoundAmong(values);
            if (AlikeSettings.FaultIn(path => values.GetValueOrDefault(path), usesSimulatedVenue: true) is { } unlike)
                throw new SettingsException(unlike);
            return new RunSettings(system, feed, book, [.. system.All.SelectMany(one => UsedOf(one, values))]);
        }
        catch (Exception fault) when (fault is ArgumentException or InstrumentException)
        {
            throw new SettingsException(fault.Message, fault);
        }
    }

    /// <summary>
    /// What is wrong with a value whose section nobody reads, or with a typed word that would change nothing, as one
    /// line; null when none is there.
    /// </summary>
    /// <param name="text">What was given.</param>
    /// <param name="reader">Who reads it, in words: a backtest.</param>
    /// <param name="system">The roles' settings, whose sections are read.</param>
    /// <param name="readsFeed">Whether the feed's are read, too.</param>
    public static string? StrangeIn(SettingsText text, string reader, SystemSettings system, bool readsFeed)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(system);
        var feed = SettingsCheck.SectionOf(typeof(FeedOptions));
        string[] sections = [.. system.Sections, .. readsFeed ? (string[])[feed] : []];
        var reads = $"a {reader} reads {string.Join(", ", sections)}";
        var strange = text.Values.Keys.FirstOrDefault(path => !IsOf(path, [.. sections, feed, .. SectionsOfOthers]));
        if (strange is not null)
            return $"{strange} is no setting: there is no section '{strange.Split(':')[0]}', {reads}. Correct or "
                + "remove it.";
        var unread = text.Words.FirstOrDefault(path => !IsSame(path, PlainSettings.InstrumentsPath.Name)
            && (!IsOf(path, sections) || Array.Exists(s_feedUnread, name => IsSame(path, $"{feed}:{name}"))));
        return unread is null ? null
            : $"--set {unread}={text.Values[unread]} would change nothing: {reads}, and not {unread}. Remove it.";
    }

    private static bool IsOf(string path, IEnumerable<string> sections) =>
        sections.Contains(path.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    private static bool IsSame(string path, string other) => path.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The facts of the instruments that the settings name, else the product's own.</summary>
    public static InstrumentBook BookOf(IReadOnlyDictionary<string, string?> values) =>
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
