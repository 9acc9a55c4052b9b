using System.Reflection;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>Every finding that the audit can make is made here, and a mend that is a command does mend.</summary>
public sealed class FindingTests
{
    public static TheoryData<string> Codes => [.. Constants()];

    public static TheoryData<string> MendedCodes =>
        [.. FindingCases.All.Where(c => c.IsMendedByRedisCli).Select(c => c.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_is_found_where_it_is_so_and_not_elsewhere(string code)
    {
        var finding = FindingCases.All.Single(c => c.Code == code);
        using var world = new FindingWorld(finding.IsCluster);
        if (code == FindingCodes.NothingSeen) world.Add();
        Assert.DoesNotContain(world.Look().Findings, f => f.Code == code);
        finding.Arrange(world);
        var found = world.Find(code);
        Assert.Equal(finding.Severity, found.Severity);
        Assert.NotEmpty(found.Mend);
        Assert.EndsWith(".", found.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(MendedCodes))]
    public void The_command_that_a_finding_names_mends_it(string code)
    {
        var finding = FindingCases.All.Single(c => c.Code == code);
        using var world = new FindingWorld();
        finding.Arrange(world);
        var found = world.Find(code);
        finding.Before?.Invoke(world);
        FindingWorld.RunMend(found);
        // A save runs in the background; everything else is so at once.
        Eventually.True(() => world.Look().Findings.All(f => f.Code != code));
    }

    [Fact]
    public void A_position_that_cannot_be_closed_is_named_until_its_executor_says_that_it_is_over()
    {
        using var world = new FindingWorld();
        FindingCases.All.Single(c => c.Code == FindingCodes.PositionNotClosed).Arrange(world);
        var found = Assert.Single(world.Look().Findings, f => f.Code == FindingCodes.PositionNotClosed);
        Assert.Equal(("NEARUSDT", 3), (found.About, found.Count));
        Assert.Contains("NEARUSDT", found.Text, StringComparison.Ordinal);
        world.Ask("HSET", "quantum:reasons:executor", "emergency_close/NEARUSDT", "2000 close_over");
        Assert.DoesNotContain(world.Look().Findings, f => f.Code == FindingCodes.PositionNotClosed);
    }

    [Fact]
    public void Every_code_has_a_case() => Assert.Empty(WithoutCase(Constants(), FindingCases.All));

    [Fact]
    public void A_code_without_a_case_is_noticed()
    {
        Assert.Equal(["NEW_CODE"], WithoutCase([.. Constants(), "NEW_CODE"], FindingCases.All));
        Assert.Equal(
            [FindingCodes.PinningGroup],
            WithoutCase(Constants(), [.. FindingCases.All.Where(c => c.Code != FindingCodes.PinningGroup)]));
    }

    [Theory]
    [InlineData("live", Severity.Warning)]
    [InlineData("testnet", Severity.Warning)]
    [InlineData("paper", Severity.Info)]
    [InlineData("sim", Severity.Info)]
    [InlineData(null, Severity.Info)]
    public void No_append_only_file_is_worse_where_money_moves(string? mode, Severity severity)
    {
        using var world = new FindingWorld();
        if (mode is not null) world.Mark(mode);
        world.Ask("CONFIG", "SET", "appendonly", "no");
        Assert.Equal(severity, world.Find(FindingCodes.NoAppendOnlyFile).Severity);
    }

    [Fact]
    public void Slow_commands_tell_how_many_and_how_slow()
    {
        using var world = new FindingWorld();
        world.Ask("DEBUG", "SLEEP", "0.12");
        world.Ask("DEBUG", "SLEEP", "0.25");
        var report = world.Look();
        Assert.True(report.Redis.SlowestMs is >= 250 and < 30_000, $"{report.Redis.SlowestMs}");
        Assert.Equal(2, Assert.Single(report.Findings, f => f.Code == FindingCodes.SlowCommands).Count);
        world.Ask("SLOWLOG", "RESET");
        world.Ask("CONFIG", "SET", "slowlog-log-slower-than", "0");
        world.Look();
        // Many commands in the log, none of them slow: not worth a word.
        var quick = world.Look();
        Assert.Equal((64, Bound.AtLeast), (quick.Redis.RecentSlowCommands, quick.Redis.RecentSlowBound));
        Assert.DoesNotContain(quick.Findings, f => f.Code == FindingCodes.SlowCommands);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(2, 3)]
    [InlineData(0, 4)]
    public void Every_pending_entry_that_was_trimmed_away_counts(int kept, int lost)
    {
        using var world = new FindingWorld();
        world.Group();
        world.Add(5);
        world.Read(4);
        world.Trim(kept);
        Assert.Equal(lost, world.Find(FindingCodes.DestroyedPending).Count);
    }

    [Fact]
    public void A_pinning_group_is_told_as_a_verdict_beside_its_own()
    {
        using var world = new FindingWorld();
        FindingCases.Pinned(world);
        var group = world.Look().Streams.Single(s => s.Name == FindingWorld.Intents).Groups.Single();
        Assert.True(group.IsPinning);
        Assert.Equal(["NO_ACTIVE_CONSUMER", "PINNING_GROUP"], group.Verdicts);
        world.Lease();
        world.ReadAndForget(10);
        Assert.DoesNotContain(world.Look().Findings, f => f.Code == FindingCodes.PinningGroup);
    }

    [Fact]
    public void Orphans_and_unknown_streams_have_a_verdict_of_their_own()
    {
        using var world = new FindingWorld();
        world.Add();
        world.Ask("XADD", "orders", "*", "a", "b");
        var streams = world.Look().Streams.ToDictionary(stream => stream.Name, stream => stream.Verdict);
        Assert.Equal(StreamVerdict.OrphanStream, streams[FindingWorld.Intents]);
        Assert.Equal(StreamVerdict.UnknownStream, streams["orders"]);
        world.Group();
        Assert.Null(world.Look().Streams.Single(stream => stream.Name == FindingWorld.Intents).Verdict);
    }

    [Fact]
    public void One_foreign_entry_a_few_entries_back_is_seen_and_counted()
    {
        using var world = new FindingWorld();
        world.Mark();
        world.Add(40, "mode", "sim", "v", "1");
        Assert.DoesNotContain(world.Look().Findings, IsForeign);
        world.Add(1, "mode", "live", "v", "9");
        world.Add(10, "mode", "sim", "v", "1");
        var report = world.Look();
        var mode = Assert.Single(report.Findings, f => f.Code == FindingCodes.MixedModes);
        Assert.Equal((1, Severity.Critical), (mode.Count, mode.Severity));
        Assert.Contains("live in 1 of 17 sampled entries", mode.Text, StringComparison.Ordinal);
        var schema = Assert.Single(report.Findings, f => f.Code == FindingCodes.UnknownSchema);
        Assert.Contains("version 9 in 1 of 17 sampled entries", schema.Text, StringComparison.Ordinal);
        Assert.Equal(17, report.Streams.Single(s => s.Name == FindingWorld.Intents).SampledEntries);
        // The sample is the newest entries: what lies further back is history.
        world.Add(20, "mode", "sim", "v", "1");
        Assert.DoesNotContain(world.Look().Findings, IsForeign);
    }

    [Fact]
    public void Sampling_every_stream_and_counting_stay_within_the_budget()
    {
        using var world = new FindingWorld();
        foreach (var stream in StreamCatalog.All)
        {
            for (var i = 1; i <= 80; i++) world.Ask("XADD", stream.Key, $"{i}-0", "mode", "sim", "v", "1");
            // Trimmed and not at its end: only counting tells how much waits.
            world.Ask("XTRIM", stream.Key, "MAXLEN", "70");
            foreach (var consumer in stream.Consumers)
                world.Ask("XGROUP", "CREATE", stream.Key, consumer.Group, "12-0");
        }

        var report = world.Look();
        Assert.InRange(report.EntriesRead, 1000, 1500);
        Assert.All(report.Streams, stream => Assert.InRange(stream.SampledEntries, 10, 17));
    }

    [Fact]
    public void Two_modes_in_a_Redis_without_a_mark_are_told_with_their_numbers()
    {
        using var world = new FindingWorld();
        world.Add(3, "mode", "paper");
        world.Add(2, "mode", "live");
        var mixed = world.Find(FindingCodes.MixedModes);
        Assert.Contains("live in 2 and of paper in 3 of 5 sampled entries", mixed.Text, StringComparison.Ordinal);
    }

    private static bool IsForeign(Finding finding) =>
        finding.Code is FindingCodes.MixedModes or FindingCodes.UnknownSchema;

    private static string[] Constants() =>
    [
        .. typeof(FindingCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!),
    ];

    private static string[] WithoutCase(IEnumerable<string> codes, IReadOnlyList<FindingCase> cases) =>
        [.. codes.Except(cases.Select(c => c.Code))];
}
