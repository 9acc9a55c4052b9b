using System.Globalization;
using Quantum.Contracts.Catalog;

namespace Quantum.Archive.Tests;

/// <summary>A replay compares its window, reads no further, and wants whole what is in it alone.</summary>
public sealed class ReplayWindowTests : IDisposable
{
    private const long Start = 1_764_374_400_000;
    private const long Second = 1_000;
    private const long Hour = 3_600 * Second;

    private readonly WrittenArchive _archive = new(RoleNames.Portfolio);

    public void Dispose() => _archive.Dispose();

    [Fact]
    public void The_window_alone_is_compared_and_nothing_far_behind_it_is_read()
    {
        for (var hour = 0; hour < 4; hour++) Commits(Start + hour * Hour, 10);
        var broken = _archive.BreakNewest();
        var inputs = _archive.Replay(Start + Hour, Start + Hour + Hour / 2);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(second => Start + Hour + second * Second),
            inputs.Select(input => input.AtMs));
        // From the start the role was given all, so its inputs count on.
        Assert.Equal(Enumerable.Range(11, 10), inputs.Select(input => (int)input.Number));
        Assert.Contains(
            broken, Assert.Throws<BrokenFileException>(() => _archive.Replay(Start + Hour)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_ends_are_from_inclusive_to_exclusive()
    {
        Commits(Start, 10);
        Assert.Equal(
            [Start + 3 * Second, Start + 4 * Second],
            _archive.Replay(Start + 3 * Second, Start + 5 * Second).Select(input => input.AtMs));
    }

    [Fact]
    public void What_is_late_behind_the_end_still_counts()
    {
        Commits(Start, 3);
        _archive.Commits((Clock(Start + 5 * Second), Start + 5 * Second));
        _archive.Commits((Clock(Start + 3 * Second), Start + 6 * Second));
        Assert.Equal(4, _archive.Replay(null, Start + 4 * Second).Length);
    }

    [Fact]
    public void A_gap_behind_the_window_is_none_of_it()
    {
        Commits(Start, 10);
        Commits(Start + Hour, 2);
        _archive.Miss(5);
        Commits(Start + 2 * Hour, 10);
        Assert.Equal(10, _archive.Replay(null, Start + Hour).Length);
        Assert.Contains(
            "its journal misses 5 entries behind 12-0",
            Assert.Throws<ArchiveException>(() => _archive.Replay(null, Start + 2 * Hour)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "neither the beginning of its journal nor a state",
            Assert.Throws<ArchiveException>(() => _archive.Replay()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_at_the_end_is_refused_where_the_window_may_go_on_in_it()
    {
        Commits(Start, 10);
        _archive.Miss(5);
        Assert.Equal(9, _archive.Replay(null, Start + 9 * Second).Length);
        Assert.Throws<ArchiveException>(() => _archive.Replay(null, Start + 10 * Second));
    }

    [Fact]
    public void An_input_that_is_not_there_is_refused_in_the_window_only()
    {
        Commits(Start, 10);
        var missing = $"{StreamCatalog.ExecutionResult.Key}={Start + Hour}-0";
        _archive.Commits((missing, Start + Hour));
        Commits(Start + Hour + Second, 3);
        Assert.Equal(10, _archive.Replay(null, Start + Hour).Length);
        Assert.Contains(
            "which the archive does not have",
            Assert.Throws<ArchiveException>(() => _archive.Replay(null, Start + Hour + Second)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Up_to_a_broken_file_it_is_compared_when_asked()
    {
        Commits(Start, 10);
        Commits(Start + Hour, 10);
        var broken = _archive.BreakNewest();
        Assert.Throws<BrokenFileException>(() => _archive.Replay());
        var told = new List<string>();
        Assert.Equal(10, _archive.Replay(tell: told.Add, skipsBroken: true).Length);
        Assert.Contains(
            told, text => text.StartsWith("portfolio is compared up to", StringComparison.Ordinal)
                && text.Contains(broken, StringComparison.Ordinal));
    }

    private void Commits(long fromMs, int count) => _archive.Commits(
        [.. Enumerable.Range(0, count).Select(i => fromMs + i * Second).Select(atMs => (Clock(atMs), atMs))]);

    private static string Clock(long atMs) => string.Create(CultureInfo.InvariantCulture, $"clock={atMs}");
}
