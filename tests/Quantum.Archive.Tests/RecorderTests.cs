using System.Collections.Concurrent;
using Quantum.Archive.Columns;
using Quantum.Archive.Files;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.EventLog;
using Quantum.Testing;

namespace Quantum.Archive.Tests;

/// <summary>The recorder loses nothing and writes nothing twice, and what it could not have it tells.</summary>
public sealed class RecorderTests
{
    private static readonly EventStream s_ordered = StreamCatalog.TradeClosed;
    private static readonly EventStream s_tail = StreamCatalog.MarketTick;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Killed_at_any_step_it_loses_nothing_and_writes_nothing_twice(int seed)
    {
        using var world = new ArchiveWorld();
        world.Append(s_ordered, 0);
        world.Append(s_tail, 0);
        world.RecordAll();
        using var ends = new CancellationTokenSource();
        var random = new Random(seed);
        var (kills, steps) = (0, new ConcurrentDictionary<ArchiveStep, int>());
        var producing = Task.Run(
            () => Produce(world, () => Volatile.Read(ref kills) > 10 && steps.Count == 4, ends.Token));
        while (!producing.IsCompleted)
        {
            var left = random.Next(1, 12);
            try
            {
                using var recorder = world.Record(
                    (step, _) =>
                    {
                        if (--left > 0) return;
                        steps[step] = left;
                        throw new ProcessEnded();
                    });
                while (!producing.IsCompleted) recorder.Pass();
            }
            catch (ProcessEnded)
            {
                Interlocked.Increment(ref kills);
            }
        }

        var entries = await producing;
        world.RecordAll();
        var wanted = Enumerable.Range(0, entries).Select(number => (long)number).ToArray();
        Assert.Equal(wanted, world.Numbers(s_ordered));
        Assert.Equal(wanted, world.Numbers(s_tail));
        Assert.Equal(entries, world.Stream(s_tail).Parts().Sum(part => part.Count));
        Assert.Empty(world.Stream(s_ordered).Gaps());
        Assert.Empty(world.Stream(s_tail).Gaps());
        // Retention did take what was recorded meanwhile, or this would prove nothing.
        Assert.True(world.Length(s_ordered.Key) < entries, "nothing was trimmed");
        Assert.True(world.Length(s_tail.Key) < entries, "nothing was trimmed");
        Assert.True(kills > 10 && steps.Count == 4, $"{kills} kills at {string.Join(", ", steps.Keys)}");
    }

    [Fact]
    public void Entries_trimmed_before_they_were_recorded_are_a_gap_with_its_count()
    {
        using var world = new ArchiveWorld();
        for (var i = 0; i < 10; i++) world.Append(s_tail, i);
        world.RecordAll();
        for (var i = 10; i < 40; i++) world.Append(s_tail, i);
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "5");
        world.RecordAll();
        var gap = Assert.Single(world.Stream(s_tail).Gaps());
        Assert.Equal(25, gap.Count);
        Assert.Contains(world.Told, text => text.Contains("gap in market.tick: 25 entries", StringComparison.Ordinal));
        Assert.Equal(
            [.. Enumerable.Range(0, 10), .. Enumerable.Range(35, 5)], world.Numbers(s_tail).Select(n => (int)n));

        // All of it gone: found by the counters alone.
        for (var i = 40; i < 47; i++) world.Append(s_tail, i);
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "0");
        world.RecordAll();
        Assert.Equal([25, 7], world.Stream(s_tail).Gaps().Select(found => found.Count!.Value));
        world.RecordAll();
        world.Append(s_tail, 47);
        world.RecordAll();
        Assert.Equal([25, 7], world.Stream(s_tail).Gaps().Select(found => found.Count!.Value));
    }

    [Fact]
    public void A_gap_is_counted_once_when_the_recorder_is_killed_behind_its_note()
    {
        using var world = new ArchiveWorld();
        world.Append(s_tail, 0);
        world.RecordAll();
        for (var i = 1; i < 10; i++) world.Append(s_tail, i);
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "4");
        Assert.Throws<ProcessEnded>(() =>
        {
            using var killed = world.Record((step, path) =>
            {
                if (step == ArchiveStep.Create && path.EndsWith(ArchivePart.Ending, StringComparison.Ordinal))
                    throw new ProcessEnded();
            });
            killed.Pass(all: true);
        });
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "3");
        world.RecordAll();
        Assert.Equal(6, Assert.Single(world.Stream(s_tail).Gaps()).Count);
        Assert.Equal([0, 7, 8, 9], world.Numbers(s_tail));
    }

    [Fact]
    public void A_stream_that_is_made_and_trimmed_between_two_looks_is_a_gap()
    {
        using var world = new ArchiveWorld();
        using var recorder = world.Record();
        recorder.Pass();
        for (var i = 0; i < 10; i++) world.Append(s_tail, i);
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "4");
        recorder.Pass();
        Assert.Equal(6, Assert.Single(world.Stream(s_tail).Gaps()).Count);
    }

    [Fact]
    public void What_was_gone_before_the_first_recording_is_told_and_is_no_gap()
    {
        using var world = new ArchiveWorld();
        for (var i = 0; i < 10; i++) world.Append(s_tail, i);
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "4");
        world.RecordAll();
        Assert.Contains("market.tick: 6 entries were gone before the recording began.", world.Told);
        Assert.Empty(world.Stream(s_tail).Gaps());
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(10, false)]
    [InlineData(15, false)]
    [InlineData(15, true)]
    public void What_comes_after_Redis_forgot_its_newest_entries_is_recorded(int after, bool isSeenBefore)
    {
        using var world = new ArchiveWorld();
        for (var i = 0; i < 100; i++) world.Append(s_tail, i);
        world.RecordAll();
        // As a power cut leaves it: the last ten were on no disk yet.
        var ids = world.Ids(s_tail);
        world.Call("DEL", s_tail.Key);
        foreach (var id in ids.Take(90)) world.Call("XADD", s_tail.Key, id, "ts", "1", "number", "0");
        if (isSeenBefore) world.RecordAll();
        for (var i = 200; i < 200 + after; i++) world.Append(s_tail, i);
        world.RecordAll();
        world.RecordAll();
        Assert.Equal(
            [.. Enumerable.Range(0, 100), .. Enumerable.Range(200, after)], world.Numbers(s_tail).Select(n => (int)n));
        Assert.Null(Assert.Single(world.Stream(s_tail).Gaps()).Count);
    }

    [Fact]
    public void An_entry_deleted_amid_the_unread_is_a_gap_and_one_deleted_behind_is_none()
    {
        using var world = new ArchiveWorld();
        var first = world.Append(s_ordered, 0);
        world.RecordAll();
        world.Append(s_ordered, 1);
        var amid = world.Append(s_ordered, 2);
        world.Append(s_ordered, 3);
        world.Call("XDEL", s_ordered.Key, first.ToString(), amid.ToString());
        world.RecordAll();
        Assert.Equal(1, Assert.Single(world.Stream(s_ordered).Gaps()).Count);
        Assert.Equal([0, 1, 3], world.Numbers(s_ordered));
    }

    [Fact]
    public void A_full_disk_loses_nothing_is_told_once_a_minute_and_passes()
    {
        using var world = new ArchiveWorld();
        var (isFull, time) = (false, new ManualTime());
        using var recorder = world.Record(
            (step, _) =>
            {
                if (isFull && step == ArchiveStep.Write) throw new IOException("No space left on device");
            },
            world.Settings with { Time = time });
        recorder.Pass();
        isFull = true;
        for (var i = 0; i < 100; i++) world.Append(s_ordered, i);
        for (var seconds = 0; seconds < 150; seconds++)
        {
            recorder.Pass();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, world.Told.Count(text => text.Contains("No space left on device", StringComparison.Ordinal)));
        Assert.Empty(Directory.EnumerateFiles(world.Archive, "*.tmp", SearchOption.AllDirectories));
        // Retention waits for it meanwhile.
        Assert.Equal(100, world.Length(s_ordered.Key));
        Trim(world, s_ordered);
        Assert.Equal(100, world.Length(s_ordered.Key));
        isFull = false;
        recorder.Pass();
        Assert.Contains(world.Told, text => text.StartsWith("the archive can be written "
            + "again", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 100), world.Numbers(s_ordered).Select(n => (int)n));
    }

    [Fact]
    public void A_dead_recorder_is_waited_for_within_a_bound_and_not_when_it_was_given_up()
    {
        using var world = new ArchiveWorld();
        world.Append(s_tail, 0);
        world.RecordAll();
        world.AppendMany(s_tail.Key, 30_000);
        TrimTail(world, s_tail);
        Assert.Equal(30_000, world.Length(s_tail.Key), 200d);
        world.AppendMany(s_tail.Key, ILogSession.MostForRecorder);
        TrimTail(world, s_tail);
        Assert.Equal(ILogSession.MostForRecorder, world.Length(s_tail.Key), 200d);
        Trim(world, s_tail);
        Assert.Equal(ILogSession.MostForRecorder, world.Length(s_tail.Key), 200d);
        Recording.Recorder.Forget(world.Endpoint);
        TrimTail(world, s_tail);
        Assert.Equal(20_000, world.Length(s_tail.Key), 200d);
    }

    [Fact]
    public void An_archive_is_of_one_run_and_of_one_recorder()
    {
        using var world = new ArchiveWorld();
        using (world.Record())
            Assert.Contains("another recorder", Assert.Throws<ArchiveException>(() => world.Record()).Message,
                StringComparison.Ordinal);
        using var recorder = world.Record();
        world.Append(s_ordered, 0);
        recorder.Pass(all: true);
        world.Call("FLUSHALL");
        world.Mark();
        world.Append(s_ordered, 1);
        world.Call("XTRIM", s_ordered.Key, "MAXLEN", "0");
        world.Append(s_ordered, 2);
        recorder.Dispose();
        Assert.Contains("is the archive of", Assert.Throws<ArchiveException>(() => world.Record()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_broken_newest_file_it_goes_on_where_Redis_notes_it()
    {
        using var world = new ArchiveWorld();
        Append(world, 0, 10);
        Append(world, 10, 10);
        var broken = Break(world);
        Append(world, 20, 10);
        Assert.Contains(world.Told, text => text.Contains(broken, StringComparison.Ordinal));
        Assert.Equal(
            [.. Enumerable.Range(0, 10), .. Enumerable.Range(20, 10)],
            new ArchiveReader(world.Stream(s_tail), skipBroken: true).Entries().Select(NumberOf));
        // What is lost behind it is still counted.
        for (var i = 30; i < 40; i++) world.Append(s_tail, i);
        world.Call("XTRIM", s_tail.Key, "MAXLEN", "4");
        Assert.Empty(world.Stream(s_tail).Gaps());
        world.RecordAll();
        Assert.Equal(6, Assert.Single(world.Stream(s_tail).Gaps()).Count);
    }

    [Fact]
    public void What_a_broken_file_has_that_was_not_noted_is_written_again()
    {
        using var world = new ArchiveWorld();
        Append(world, 0, 10);
        var noted = world.Stream(s_tail).Parts()[^1].Last;
        Append(world, 10, 10);
        // As one that was killed between its file and its note leaves it.
        world.Call(
            "XGROUP", "SETID", s_tail.Key, StreamCatalog.RecorderGroupOf(s_tail.Name), noted.ToString(), "ENTRIESREAD",
            "10");
        Break(world);
        Append(world, 20, 10);
        Assert.Equal(Enumerable.Range(0, 30), world.Numbers(s_tail).Select(number => (int)number));
        Assert.Equal(30, world.Stream(s_tail).Parts().Sum(part => part.Count));
        Assert.Empty(world.Stream(s_tail).Gaps());
    }

    [Fact]
    public void A_broken_file_that_nothing_tells_the_end_of_holds_up_its_own_stream_alone()
    {
        using var world = new ArchiveWorld();
        Append(world, 0, 10);
        var broken = Break(world);
        world.Call("XGROUP", "DESTROY", s_tail.Key, StreamCatalog.RecorderGroupOf(s_tail.Name));
        world.Append(s_ordered, 0);
        Append(world, 10, 10);
        Assert.Equal([0], world.Numbers(s_ordered));
        Assert.Single(world.Told, text => text.StartsWith("market.tick is not recorded", StringComparison.Ordinal));
        File.Delete(broken);
        world.RecordAll();
        Assert.Equal(Enumerable.Range(0, 20), world.Numbers(s_tail).Select(number => (int)number));
    }

    private static void Append(ArchiveWorld world, int from, int count)
    {
        for (var i = from; i < from + count; i++) world.Append(s_tail, i);
        world.RecordAll();
    }

    private static string Break(ArchiveWorld world)
    {
        var path = world.Stream(s_tail).Parts()[^1].Path;
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);
        return path;
    }

    private static int NumberOf(ArchivedEntry entry)
    {
        entry.Batch.Fields(entry.Index).TryGet("number"u8, out var text);
        return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Other_settings_are_kept_at_the_next_look()
    {
        using var world = new ArchiveWorld();
        using var recorder = world.Record();
        recorder.Pass();
        world.Call("HSET", LogKeys.Settings + "executor", "Executor:MaxAttempts", "7");
        recorder.Pass();
        recorder.Pass();
        var kept = new ArchiveFolder(world.Archive).Stream(ArchiveSchema.Settings);
        Assert.Equal(2, new ArchiveReader(kept).Entries().Count());
    }

    /// <summary>Appends 6,000 entries, and more until enough was killed; how many there are in all.</summary>
    private static int Produce(ArchiveWorld world, Func<bool> enough, CancellationToken cancel)
    {
        var all = 1;
        for (; (all < 6_000 || (all < 60_000 && !enough())) && !cancel.IsCancellationRequested; all++)
        {
            world.Append(s_ordered, all);
            world.Append(s_tail, all);
            if (all % 50 != 0) continue;
            Retain(world);
            // Retention takes what is recorded: there must be something, or it would prove nothing.
            if (all % 1_000 == 0)
                Eventually.True(() => Retain(world) && Shorter(s_ordered, all) && Shorter(s_tail, all));
        }

        return all;

        bool Shorter(EventStream stream, int than) => world.Length(stream.Key) <= than;
    }

    private static bool Retain(ArchiveWorld world)
    {
        Trim(world, s_ordered);
        TrimTail(world, s_tail, keep: 10);
        return true;
    }

    private static void Trim(ArchiveWorld world, EventStream stream)
    {
        using var session = world.Log.OpenSession(new RoleSeat("portfolio", 0));
        session.Trim(stream.Key, new EntryId(long.MaxValue >> 12, 0));
    }

    private static void TrimTail(ArchiveWorld world, EventStream stream, long keep = 20_000)
    {
        using var session = world.Log.OpenSession(new RoleSeat("portfolio", 0));
        session.TrimTail(stream.Key, keep);
    }

    private sealed class ProcessEnded : Exception;

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
