using System.Globalization;
using Quantum.Contracts.Catalog;

namespace Quantum.Archive.Tests;

/// <summary>A replay gives each commit to a role with the settings that its service had then.</summary>
public sealed class ReplaySettingsTests : IDisposable
{
    private const string Heartbeat = "Portfolio:HeartbeatMs";
    private const long Start = 1_764_374_400_000;
    private const long Second = 1_000;

    private readonly WrittenArchive _archive = new(RoleNames.Portfolio);
    private readonly List<string> _told = [];

    public void Dispose() => _archive.Dispose();

    [Fact]
    public void After_a_restart_with_other_settings_a_role_goes_on_with_its_state_and_those()
    {
        Clocks(40);
        _archive.Settings(Start - 10 * Second, (Heartbeat, "10000"));
        // Seen a second after they were told at the longest.
        _archive.Settings(Start + 26 * Second, (Heartbeat, "4000"));
        // The heart beats on from the last word before the restart, at 20 s: one that forgot it would speak at once.
        Assert.Equal([0, 10, 20, 25, 29, 33, 37], Spoken());
        Assert.Contains("other settings at 2025-11-29 00:00:25Z", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_behind_the_restart_has_what_was_given_then()
    {
        Clocks(40);
        _archive.Settings(Start - 10 * Second, (Heartbeat, "10000"));
        _archive.Settings(Start + 26 * Second, (Heartbeat, "4000"));
        Assert.Equal([25, 29, 33, 37], Spoken(Start + 25 * Second));
    }

    [Fact]
    public void What_a_start_tells_little_by_little_is_one_and_counts_from_its_beginning()
    {
        Clocks(13);
        _archive.Settings(Start - 2 * Second);
        _archive.Settings(Start + 9 * Second, (Heartbeat, "3000"));
        Assert.Equal([0, 3, 6, 9, 12], Spoken());
        Assert.Empty(_told);
    }

    [Fact]
    public void A_service_that_was_started_again_with_the_same_changes_nothing()
    {
        Clocks(13);
        _archive.Settings(Start - 2 * Second, (Heartbeat, "3000"));
        _archive.Settings(Start + 5 * Second);
        _archive.Settings(Start + 6 * Second, (Heartbeat, "3000"));
        Assert.Equal([0, 3, 6, 9, 12], Spoken());
        Assert.Empty(_told);
    }

    private void Clocks(int seconds) => _archive.Commits(
    [
        .. Enumerable.Range(0, seconds).Select(second => Start + second * Second)
            .Select(atMs => (string.Create(CultureInfo.InvariantCulture, $"clock={atMs}"), atMs)),
    ]);

    private long[] Spoken(long? fromMs = null) =>
    [
        .. _archive.Replay(fromMs, tell: _told.Add)
            .Where(input => input.Replayed.Any(decision => decision.Stream == StreamCatalog.PortfolioSnapshot.Name))
            .Select(input => (input.AtMs - Start) / Second),
    ];
}
