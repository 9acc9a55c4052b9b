using Quantum.Archive;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;

namespace Quantum.Replay;

/// <summary>
/// Replays a recorded window: each role is given what it consumed, in that order, and what it decides now stands beside
/// what it decided then. Nothing of one role's new decisions reaches another.
/// </summary>
public sealed class ReplayRun
{
    private readonly ReplaySettings _settings;
    private readonly ArchiveFolder _archive;
    private readonly ArchiveFacts _facts;
    private readonly TradingMode _mode;
    private readonly GivenRoles _given;

    /// <summary>
    /// Throws <see cref="ArchiveException"/> with one line where the archive or the settings do not do.
    /// </summary>
    public ReplayRun(ReplaySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        if (!ArchiveFolder.Is(settings.Archive))
            throw new ArchiveException($"{settings.Archive} is no archive: name the folder of ./quantum record.");
        _archive = new ArchiveFolder(settings.Archive);
        _facts = _archive.Facts() ?? throw new ArchiveException(
            $"{_archive.Root} does not say of which run it is: its archive.json is gone, restore it.");
        if (_facts.Run == ArchiveFacts.Import)
            throw new ArchiveException($"{_archive.Root} was imported: no role has decided anything in it; "
                + "backtest it instead.");
        _mode = ReplayRoles.ModeOf(_facts.Mode);
        _given = new GivenRoles(_archive, _facts, settings);
        ReplayRoles.Check(settings.Roles, _given.Names);
        Roles = [.. _given.Names.Where(IsWanted).Order(StringComparer.Ordinal)];
        if (Roles.Count == 0)
            throw new ArchiveException(
                $"{_archive.Root} has no role's journal: nothing says what was consumed. Record a running system.");
    }

    /// <summary>The roles that are replayed, in their order.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>Recorded events that no input of a journal led to.</summary>
    public long Orphans { get; private set; }

    /// <summary>Inputs given to roles so far, those before the window too.</summary>
    public long Inputs { get; private set; }

    /// <summary>Every input of the window, role by role.</summary>
    public IEnumerable<ReplayedInput> Run()
    {
        foreach (var role in Roles)
        {
            using var inputs = InputsOf(role).GetEnumerator();
            while (Next(role, inputs)) yield return inputs.Current;
        }
    }

    private bool Next(string role, IEnumerator<ReplayedInput> inputs)
    {
        try
        {
            return inputs.MoveNext();
        }
        catch (BrokenFileException fault) when (_settings.SkipBroken)
        {
            _settings.Tell?.Invoke($"{role} is compared up to what cannot be read, and no further: {fault.Message}");
            return false;
        }
    }

    private IEnumerable<ReplayedInput> InputsOf(string role)
    {
        // The time of a tape is not the clock's, by which states are saved: there all of it is gone through.
        var start = ReplayStart.Of(
            _archive, role, _facts.IsTape ? null : _settings.FromMs, _settings.ToMs is not null);
        var journal = _archive.Stream(ArchiveSchema.JournalPrefix + role);
        var gaps = GapsOf(journal, start);
        // Without an end every gap is in the window: that is told before anything is compared.
        if (_settings.ToMs is null && gaps.Count > 0) throw NotWhole(role, gaps[0]);
        var end = new WindowEnd(_settings.ToMs, _facts.IsTape);
        using var entries = new ArchiveSource(_archive);
        var (seat, given, isOver) = ((ReplayedSeat?)null, 0, false);
        foreach (var commit in new ArchiveReader(journal).Entries(new EntryId(start.Saved.Sequence, long.MaxValue)))
        {
            if (gaps.FirstOrDefault(gap => gap.After < commit.Id) is { } gap)
            {
                isOver = end.IsPast ? true : throw NotWhole(role, gap);
                break;
            }

            var (text, atMs) = ReplayedSeat.CommitOf(commit);
            var now = Math.Max(given, _given.At(atMs));
            if (seat is null) seat = new ReplayedSeat(entries, _given.Make(role, now), _mode, start);
            else if (now > given) Restart(seat, role, now);
            given = now;
            end.Begin();
            foreach (var input in seat.Commit(text, atMs))
            {
                Inputs++;
                end.Saw(input.AtMs);
                if (!(input.AtMs < _settings.FromMs) && !(input.AtMs >= _settings.ToMs)) yield return input;
            }

            if (seat.Missing is { } missing && !end.IsBehind(seat.MissingId)) throw NotThere(role, missing);
            isOver = seat.Missing is not null || end.IsOver;
            if (isOver) break;
        }

        if (gaps.Count > 0 && !isOver && !end.IsPast) throw NotWhole(role, gaps[0]);
        Orphans += seat?.Orphans ?? 0;
    }

    private void Restart(ReplayedSeat seat, string role, int given)
    {
        _given.Tell(given);
        seat.Restart(_given.Make(role, given));
    }

    private static IReadOnlyList<ArchiveGap> GapsOf(ArchiveStream journal, SavedState start) =>
        [.. journal.Gaps().Where(gap => gap.Before is not { } before || before.Ms > start.Saved.Sequence)];

    private static ArchiveException NotWhole(string role, ArchiveGap gap) => new(
        $"{role}: what it consumed is not known whole, its journal misses {gap}: replay from a later time "
        + "(--from), before which its state was saved, or to an earlier one (--to).");

    private static ArchiveException NotThere(string role, string missing) => new(
        $"{role} consumed {missing}, which the archive does not have: see its gaps with ./quantum data check ARCHIVE, "
        + "and replay from a later time (--from), before which the role's state was saved.");

    private bool IsWanted(string role) => (_settings.Roles.Count == 0 || _settings.Roles.Contains(role))
        && _archive.Stream(ArchiveSchema.JournalPrefix + role).Parts().Count > 0;
}
