using Quantum.Archive;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.Backtest.Settings;

namespace Quantum.Replay;

/// <summary>
/// How the roles of a recorded run are made: as their services made them, and anew from the time on at which those were
/// given other settings.
/// </summary>
internal sealed class GivenRoles
{
    /// <summary>Services tell their settings one after the other when a system starts.</summary>
    private const long StartMs = 60_000;

    private readonly ReplaySettings _settings;
    private readonly ArchiveFacts _facts;
    private readonly TradingMode _mode;
    private readonly List<Given> _given;
    private readonly HashSet<int> _told = [];

    public GivenRoles(ArchiveFolder archive, ArchiveFacts facts, ReplaySettings settings)
    {
        (_settings, _facts, _mode) = (settings, facts, ReplayRoles.ModeOf(facts.Mode));
        _given = settings.SettingsFile is { } file
            ? [new Given(0, new SettingsText().AddFile(file))]
            : Recorded(archive);
        Names = MakersOf(0).Keys;
    }

    /// <summary>The roles that there are.</summary>
    public IEnumerable<string> Names { get; }

    /// <summary>Which settings a commit was made with, as a number from 0 that rises with time.</summary>
    /// <param name="commitAtMs">When it was committed, UTC epoch ms.</param>
    public int At(long commitAtMs) => Math.Max(0, _given.FindLastIndex(given => given.FromMs <= commitAtMs));

    /// <summary>A fresh role with the settings of that number.</summary>
    public Role Make(string role, int number) => MakersOf(number).TryGetValue(role, out var make) ? make()
        : throw new ArchiveException($"{role}: is none of the roles that the settings of {Text(number)} make.");

    /// <summary>Says, once for all roles, that they go on with other settings.</summary>
    public void Tell(int number)
    {
        if (!_told.Add(number)) return;
        _settings.Tell?.Invoke(
            $"the services were given other settings at {Text(number)}: every role goes on from there with its state "
            + "and those, as they did.");
    }

    private IReadOnlyDictionary<string, Func<Role>> MakersOf(int number)
    {
        var given = _given[number];
        return given.Makers ??= ReplayRoles.Of(
            _mode, _facts.IsTape, given.Text.With(_settings.Set), _settings.Instruments);
    }

    private string Text(int number) => DateTimeOffset.FromUnixTimeMilliseconds(_given[number].FromMs)
        .ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private List<Given> Recorded(ArchiveFolder archive)
    {
        var all = new List<Given>();
        foreach (var entry in new ArchiveReader(
            archive.Stream(ArchiveSchema.Settings), _settings.SkipBroken, _settings.Tell).Entries())
        {
            var text = new SettingsText();
            var fields = entry.Batch.Fields(entry.Index);
            for (var i = 0; i < fields.Count; i++)
            {
                text.Add(
                    Encoding.UTF8.GetString(fields.Name(i)), Encoding.UTF8.GetString(fields.Value(i)).Trim());
            }

            // The recorder looked at them up to so long after they were told.
            var fromMs = entry.Id.Ms - SettingsRecorder.LookEveryMs;
            // What comes to the rest soon after is the rest of what a start tells.
            if (all.Count > 0 && fromMs - all[^1].FromMs <= StartMs && IsMore(all[^1].Text, text))
                all[^1] = new Given(all[^1].FromMs, text);
            else
                all.Add(new Given(fromMs, text));
            // A service takes its word back before it gives it again: seen in between, nothing has changed.
            if (all.Count > 1 && IsMore(all[^2].Text, text) && IsMore(text, all[^2].Text)) all.RemoveAt(all.Count - 1);
        }

        if (all.Count == 0)
        {
            all.Add(new Given(0, new SettingsText()));
            _settings.Tell?.Invoke("the archive does not say with which settings the run was; the defaults are taken.");
        }

        return all;
    }

    private static bool IsMore(SettingsText less, SettingsText more) => less.Values.All(pair =>
        more.Values.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private sealed record Given(long FromMs, SettingsText Text)
    {
        public IReadOnlyDictionary<string, Func<Role>>? Makers { get; set; }
    }
}
