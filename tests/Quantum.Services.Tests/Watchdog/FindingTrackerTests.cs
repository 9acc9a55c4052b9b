using Quantum.Contracts.Events;
using Quantum.Governance.Watchdog;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>When a finding is told: each test is a film of looks, one every five seconds.</summary>
public sealed class FindingTrackerTests
{
    private const long EveryMs = 5_000;
    private const long HourMs = 3_600_000;
    private const string NoReader = FindingCodes.NoActiveConsumer;

    private readonly TrackerSettings _settings = new() { StartMs = 0 };
    private FindingTracker _tracker;
    private long _nowMs = 1_764_806_400_000;

    public FindingTrackerTests() => _tracker = new FindingTracker(_settings);

    [Fact]
    public void A_start_up_is_no_alarm() =>
        Assert.Empty(Film(Seen(NoReader), Seen(NoReader), Seen(NoReader), None, None));

    [Fact]
    public void What_starts_one_by_one_is_no_alarm_for_a_minute()
    {
        _tracker = new FindingTracker(new TrackerSettings());
        Assert.Empty(Film([.. Enumerable.Repeat(Seen(NoReader), 12)]));
        Assert.Equal("0:Raised", Film(Seen(NoReader)));
    }

    [Fact]
    public void A_restart_of_the_watchdog_does_not_hide_what_it_had_told()
    {
        var told = Raise(NoReader);
        _tracker = new FindingTracker(new TrackerSettings());
        _tracker.Adopt([new FindingMemory(told, IsTold: true)]);
        Assert.Equal("3:Cleared", Film(None, None, None, None));
    }

    [Fact]
    public void What_is_seen_in_every_look_for_15_seconds_is_raised_once()
    {
        Assert.Equal("3:Raised", Film(Seen(NoReader), Seen(NoReader), Seen(NoReader), Seen(NoReader), Seen(NoReader)));
        Assert.Empty(Film(Seen(NoReader), Seen(NoReader)));
    }

    [Fact]
    public void One_look_without_it_begins_anew() => Assert.Equal("7:Raised", Film(
        Seen(NoReader), Seen(NoReader), Seen(NoReader), None, Seen(NoReader), Seen(NoReader), Seen(NoReader),
        Seen(NoReader)));

    [Fact]
    public void It_is_cleared_when_it_was_gone_for_15_seconds()
    {
        Raise(NoReader);
        Assert.Equal("3:Cleared", Film(None, None, None, None, None, None));
    }

    [Fact]
    public void What_a_look_could_not_ask_about_is_not_over()
    {
        Raise(NoReader);
        for (var i = 0; i < 6; i++) Assert.Empty(_tracker.Look([], _nowMs += EveryMs, isProof: false));
        Assert.Equal("3:Cleared", Film(None, None, None, None));
    }

    [Fact]
    public void What_flaps_is_told_once()
    {
        Raise(NoReader);
        for (var i = 0; i < 20; i++) Assert.Empty(Film(None, None, Seen(NoReader)));
    }

    [Fact]
    public void What_comes_back_after_it_was_cleared_is_raised_again_with_another_identity()
    {
        var first = Raise(NoReader);
        Film(None, None, None, None);
        var second = Raise(NoReader);
        Assert.NotEqual(first.SinceMs, second.SinceMs);
        Assert.NotEqual(first.Identity, second.Identity);
    }

    [Fact]
    public void Worse_is_told_at_once_and_better_is_not()
    {
        Raise(NoReader, Severity.Warning);
        Assert.Equal("0:Changed", Film(Seen(NoReader), Seen(NoReader)));
        Assert.Empty(Film(Seen(NoReader, Severity.Warning), Seen(NoReader), Seen(NoReader, Severity.Warning)));
        var cleared = Assert.Single(Looks(None, None, None, None));
        Assert.Equal((ChangeKind.Cleared, Severity.Critical), (cleared.Kind, cleared.Finding.Severity));
    }

    [Theory]
    [InlineData(FindingCodes.DestroyedUnread, true)]
    [InlineData(FindingCodes.DeadLetters, true)]
    [InlineData(FindingCodes.NoActiveConsumer, false)]
    public void Growing_loss_is_told_but_rarely(string code, bool isTold)
    {
        Raise(code, Severity.Warning);
        var told = new List<FindingChange>();
        for (var i = 1; i <= 121; i++) told.AddRange(Looks([Finding(code, Severity.Warning) with { Count = 10 + i }]));
        Assert.Equal(isTold ? 2 : 0, told.Count);
        Assert.All(told, change => Assert.Equal(ChangeKind.Changed, change.Kind));
    }

    [Fact]
    public void Infos_are_never_told() =>
        Assert.Empty(Film([.. Enumerable.Repeat(Seen(FindingCodes.SlowCommands, Severity.Info), 20)]));

    [Theory]
    [InlineData(Severity.Critical, 2)]
    [InlineData(Severity.Warning, 0)]
    public void What_is_critical_and_still_on_is_told_again_every_6_hours(Severity severity, int reminders)
    {
        Raise(NoReader, severity);
        var told = new List<FindingChange>();
        for (var ms = 0L; ms <= 13 * HourMs; ms += EveryMs) told.AddRange(Looks(Seen(NoReader, severity)));
        Assert.Equal(reminders, told.Count);
        Assert.All(told, change => Assert.Equal(ChangeKind.Reminder, change.Kind));
        Assert.Equal(reminders, told.Select(change => change.Identity).Distinct().Count());
        Assert.All(told, change => Assert.Null(change.ToEvent()));
    }

    [Fact]
    public void After_a_restart_what_was_told_is_not_told_again_and_is_cleared_in_the_end()
    {
        var raised = Raise(NoReader);
        Restart(new FindingMemory(raised, true));
        Assert.Empty(Film([.. Enumerable.Repeat(Seen(NoReader), 10)]));
        var cleared = Assert.Single(Looks(None, None, None, None));
        Assert.Equal((ChangeKind.Cleared, raised.SinceMs), (cleared.Kind, cleared.SinceMs));
    }

    [Fact]
    public void After_a_restart_a_reminder_is_due_when_it_was()
    {
        var raised = Raise(NoReader);
        Restart(new FindingMemory(raised, true));
        _nowMs = raised.AtMs + 6 * HourMs - EveryMs;
        Assert.Equal("1:Reminder", Film(Seen(NoReader), Seen(NoReader), Seen(NoReader)));
    }

    [Fact]
    public void What_was_cleared_before_a_restart_begins_anew()
    {
        Raise(NoReader);
        var cleared = Assert.Single(Looks(None, None, None, None));
        Restart(new FindingMemory(cleared, false));
        Assert.Equal("3:Raised", Film(Seen(NoReader), Seen(NoReader), Seen(NoReader), Seen(NoReader)));
    }

    [Fact]
    public void That_no_look_is_possible_is_a_finding_and_says_nothing_of_the_others()
    {
        Raise(NoReader);
        Film(None, None, None);
        Assert.Equal("3:Raised", Film(Blind, Blind, Blind, Blind, Blind));
        Assert.Equal("3:Cleared", Film(Seen(NoReader), Seen(NoReader), Seen(NoReader), Seen(NoReader)));
    }

    [Fact]
    public void What_was_seen_before_and_after_a_blind_time_is_not_proven_by_it() =>
        Assert.Empty(Film(Seen(NoReader), Blind, Blind, Seen(NoReader), Seen(NoReader), Seen(NoReader), None));

    [Fact]
    public void What_was_seen_before_and_after_a_pause_of_ours_is_not_proven_by_it()
    {
        Assert.Empty(Film(Seen(NoReader)));
        _nowMs += HourMs;
        Assert.Empty(Film(Seen(NoReader), Seen(NoReader), Seen(NoReader), None));
    }

    [Fact]
    public void Looks_that_are_rarer_than_the_confirmation_still_find()
    {
        _tracker = new FindingTracker(TrackerSettings.Of(new WatchdogSettings { EverySeconds = 600 }));
        Assert.Empty(Film(Seen(NoReader)));
        _nowMs += 600_000 - EveryMs;
        Assert.Equal("0:Raised", Film(Seen(NoReader)));
    }

    [Fact]
    public void Groups_and_streams_are_told_apart()
    {
        var one = Finding(NoReader, Severity.Critical);
        WatchedFinding[] both = [one, one with { Group = "other" }, one with { StreamKey = "other" }];
        Assert.Equal("3:Raised 3:Raised 3:Raised", Film(both, both, both, both));
        Assert.Equal("3:Cleared", Film(both[..2], both[..2], both[..2], both[..2]));
    }

    private static WatchedFinding[] None => [];

    private static WatchedFinding[] Blind { get; } = [WatchedFinding.CouldNotLook("away")];

    private static WatchedFinding[] Seen(string code, Severity severity = Severity.Critical) =>
        [Finding(code, severity)];

    private static WatchedFinding Finding(string code, Severity severity) => new()
    {
        Code = code, Severity = severity, StreamKey = "quantum:stream:trade.intent", Stream = "trade.intent",
        Group = "group", Role = "executor", Count = 10, Text = "text", Mend = "mend",
    };

    private FindingChange Raise(string code, Severity severity = Severity.Critical)
    {
        var raised = Assert.Single(Looks([.. Enumerable.Repeat(Seen(code, severity), 4)]));
        Assert.Equal(ChangeKind.Raised, raised.Kind);
        return raised;
    }

    private void Restart(params FindingMemory[] memories)
    {
        _tracker = new FindingTracker(_settings);
        _tracker.Adopt(memories);
        _nowMs += 60_000;
    }

    private string Film(params WatchedFinding[][] looks)
    {
        var told = new List<string>();
        for (var i = 0; i < looks.Length; i++) told.AddRange(Looks(looks[i]).Select(change => $"{i}:{change.Kind}"));
        return string.Join(' ', told);
    }

    private List<FindingChange> Looks(params WatchedFinding[][] looks)
    {
        var told = new List<FindingChange>();
        foreach (var look in looks)
        {
            told.AddRange(look == Blind ? _tracker.Blind(look[0], _nowMs) : _tracker.Look(look, _nowMs));
            _nowMs += EveryMs;
        }

        return told;
    }
}
