using Quantum.Archive.Files;
using Quantum.Contracts.Catalog;

namespace Quantum.Archive.Tests;

/// <summary>A day's small files become one with the same entries, killed in between or not.</summary>
public sealed class CompactionTests
{
    private static readonly EventStream s_stream = StreamCatalog.TradeClosed;
    private static readonly DateOnly s_tomorrow = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);

    [Fact]
    public void The_small_files_of_a_day_become_one()
    {
        using var world = Recorded();
        var compaction = new Compaction(new ArchiveStore(world.Archive));
        compaction.Run(s_tomorrow);
        Check(world);
        Assert.All(world.Stream(s_stream).Days, day => Assert.Single(world.Stream(s_stream).AllPartsOf(day)));
        // And the recording goes on behind it.
        world.Append(s_stream, 30);
        world.RecordAll();
        Assert.Equal(31, world.Numbers(s_stream).Length);
        Assert.Empty(world.Stream(s_stream).Gaps());
    }

    [Theory]
    [InlineData(ArchiveStep.Create)]
    [InlineData(ArchiveStep.Flush)]
    [InlineData(ArchiveStep.Rename)]
    [InlineData(ArchiveStep.Delete)]
    public void Killed_in_between_nothing_is_lost_or_there_twice(ArchiveStep at)
    {
        using var world = Recorded();
        var killed = new Compaction(new ArchiveStore(world.Archive, (step, _) =>
        {
            if (step == at) throw new InvalidOperationException("killed");
        }));
        Assert.Throws<InvalidOperationException>(() => killed.Run(s_tomorrow));
        Check(world);
        new Compaction(new ArchiveStore(world.Archive)).Run(s_tomorrow);
        Check(world);
        Assert.All(world.Stream(s_stream).Days, day => Assert.Single(world.Stream(s_stream).AllPartsOf(day)));
    }

    [Fact]
    public void A_broken_file_is_named_and_left_out_only_when_asked()
    {
        using var world = Recorded();
        var part = world.Stream(s_stream).Parts()[1];
        File.WriteAllBytes(part.Path, File.ReadAllBytes(part.Path)[..^20]);
        var fault = Assert.Throws<BrokenFileException>(() => world.Numbers(s_stream));
        Assert.Contains(part.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--skip-broken", fault.Message, StringComparison.Ordinal);
        var told = new List<string>();
        var left = new ArchiveReader(world.Stream(s_stream), skipBroken: true, told.Add).Entries().Count();
        Assert.Equal(20, left);
        Assert.Contains(part.Path, Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_holds_up_its_own_day_alone_and_is_told()
    {
        using var world = Recorded();
        var broken = StreamCatalog.MarketTick;
        for (var i = 0; i < 2; i++)
        {
            world.Append(broken, i);
            world.RecordAll();
        }

        var part = world.Stream(broken).Parts()[0];
        File.WriteAllBytes(part.Path, File.ReadAllBytes(part.Path)[..^20]);
        var told = new List<string>();
        var compaction = new Compaction(new ArchiveStore(world.Archive), told.Add);
        compaction.Run(s_tomorrow);
        Check(world);
        Assert.All(world.Stream(s_stream).Days, day => Assert.Single(world.Stream(s_stream).AllPartsOf(day)));
        Assert.Equal((1, 2), (compaction.Left, world.Stream(broken).Parts().Count));
        Assert.Empty(Directory.EnumerateFiles(world.Archive, "*.tmp", SearchOption.AllDirectories));
        var text = Assert.Single(told);
        Assert.StartsWith("market.tick, 20", text, StringComparison.Ordinal);
        Assert.Contains(part.Path, text, StringComparison.Ordinal);
    }

    private static ArchiveWorld Recorded()
    {
        var world = new ArchiveWorld();
        for (var i = 0; i < 30; i++)
        {
            world.Append(s_stream, i);
            if (i % 10 == 9) world.RecordAll();
        }

        Assert.Equal(3, world.Stream(s_stream).Parts().Count);
        return world;
    }

    private static void Check(ArchiveWorld world) =>
        Assert.Equal(Enumerable.Range(0, 30), world.Numbers(s_stream).Select(n => (int)n));
}
