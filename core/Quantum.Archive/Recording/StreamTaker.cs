using System.Buffers.Text;
using Quantum.Archive.Files;
using Quantum.Resp;

namespace Quantum.Archive.Recording;

/// <summary>
/// Takes a stream's entries into files, in order and each once, and finds what is missing between them.
/// </summary>
internal sealed class StreamTaker(ArchiveRedis redis, ArchiveWriter writer, RecorderSettings settings, Action checkRun)
{
    private const int Page = 500;

    /// <summary>Files of one stream in one pass: the others want their turn.</summary>
    private const int MostFiles = 20;

    private readonly LogBatch _batch = new();

    /// <summary>Entries found missing.</summary>
    public long Lost { get; private set; }

    /// <summary>Writes what is due of a stream; true when more waits already.</summary>
    public bool Take(RecordedStream stream, StreamLook look, bool all)
    {
        if (!stream.IsBegun) Begin(stream, look);
        if (!stream.IsNoted) redis.Note(stream);
        stream.IsNoted = true;
        // Redis may have forgotten its newest entries and counted others since: an id behind the cursor waits whatever
        // the count says.
        var waits = look.Last > stream.Cursor;
        if ((!waits || look.First > stream.Cursor)
            && (look.Added < stream.Added || (look.Last < stream.Cursor && look.Added != stream.Added)))
            Anew(stream, look);
        if (look.Added == stream.Added && !waits)
        {
            stream.WaitsSince = null;
            return false;
        }

        stream.WaitsSince ??= settings.Time.GetTimestamp();
        var isDue = all || look.Added - stream.Added >= settings.BatchEntries
            || settings.Time.GetElapsedTime(stream.WaitsSince.Value) >= settings.Every;
        if (!isDue) return false;
        for (var files = 0; TakeFile(stream); files++)
            if (files == MostFiles) return true;
        stream.WaitsSince = null;
        return false;
    }

    /// <summary>Where the recording goes on: behind the newest whole file, or with what there is.</summary>
    private void Begin(RecordedStream stream, StreamLook look)
    {
        if (stream.Files.Parts() is [.., var newest])
        {
            (stream.Cursor, stream.Added) = EndOf(stream, newest);
        }
        else if (redis.Noted(stream.Key, stream.Group) is { } noted)
        {
            stream.Added = noted.Added;
        }
        else
        {
            // What was gone before anybody recorded is no gap of the recording.
            stream.Added = look.Added - look.Length;
            if (stream.Added > 0)
                settings.Tell?.Invoke(
                    false, $"{stream.Files.Name}: {stream.Added} entries were gone before the recording began.");
        }

        stream.IsBegun = true;
    }

    // The file says how many entries were added up to its last one. Where it is broken, the group does: it was noted
    // behind that file, or, by one that was killed between the two, behind the one before. Then what the broken file
    // has is written again in one that begins with it, and readers take each entry once.
    private (EntryId Cursor, long Added) EndOf(RecordedStream stream, ArchivePart newest)
    {
        try
        {
            var added = stream.Files.FactsOf(newest).GetValueOrDefault(ArchiveStream.AddedFact);
            return (newest.Last, long.Parse(added ?? "0", CultureInfo.InvariantCulture));
        }
        catch (BrokenFileException fault)
        {
            if (redis.Noted(stream.Key, stream.Group) is not { } noted || noted.Id > newest.Last) throw;
            settings.Tell?.Invoke(
                true, $"{fault.Message} The recording of {stream.Files.Name} goes on behind {noted.Id}, where Redis "
                + "notes it.");
            return noted;
        }
    }

    /// <summary>Of a stream that is not there yet everything is to be recorded.</summary>
    public static void BeginAbsent(RecordedStream stream)
    {
        if (!stream.IsBegun && stream.Files.Parts().Count == 0) stream.IsBegun = true;
    }

    /// <summary>One file of what waits; false when nothing does any more.</summary>
    private bool TakeFile(RecordedStream stream)
    {
        _batch.Clear();
        var (added, day, isEnd, isWhole) = (stream.Added, default(DateOnly), false, false);
        (long Added, EntryId? First)? forgotten = null;
        while (!isEnd && !isWhole)
        {
            var after = _batch.Count == 0 ? stream.Cursor : _batch[_batch.Count - 1].Id;
            var count = Math.Min(Page, settings.BatchEntries - _batch.Count);
            var seen = redis.Read(stream.Key, after, count, (StreamLook look, ref RespReader entries) =>
            {
                var found = entries.ReadArray();
                isEnd = found < count;
                var lost = isEnd ? look.Added - added - found : look.LostBefore(after, added);
                if (lost != 0)
                {
                    // What stands before a gap is whole first; a stream that was made anew is for the next look.
                    isEnd = lost < 0;
                    isWhole = lost > 0;
                    if (_batch.Count > 0) return;
                    if (isWhole) Missing(stream, lost, FirstOf(entries, found));
                    else forgotten = (look.Added - found, FirstOf(entries, found));
                    return;
                }

                for (; found > 0 && !isWhole; found--) isWhole = !Add(stream, ref entries, ref day, ref added);
                isWhole |= _batch.Count >= settings.BatchEntries || _batch.ByteCount >= settings.BatchBytes;
            });
            if (seen is null) isEnd = true;
        }

        if (forgotten is { } now)
        {
            Restart(stream, now.Added, now.First);
            return true;
        }

        if (_batch.Count == 0) return isWhole;
        writer.Write(stream.Files, stream.Schema, day, _batch, added);
        (stream.Cursor, stream.Added, stream.Lost) = (_batch[_batch.Count - 1].Id, added, 0);
        redis.Note(stream);
        return isWhole;
    }

    /// <summary>Adds the next entry of a reply; false when it is another day's, and so another file's.</summary>
    private bool Add(RecordedStream stream, ref RespReader entries, ref DateOnly day, ref long added)
    {
        entries.ReadArray();
        var id = entries.ReadId();
        var its = ArchiveStream.DayOf(stream.Files.Name, id, stream.CountsCommits ? TimeOf(entries) : null);
        if (_batch.Count == 0) day = its;
        else if (its != day) return false;
        _batch.Add(new LogEntry(0, id, 1, IsMissing: false));
        ArchiveRedis.AddFields(_batch, ref entries);
        added++;
        return true;
    }

    private void Missing(RecordedStream stream, long lost, EntryId? before)
    {
        stream.Added += lost;
        stream.Lost = stream.Lost + lost;
        Lost += lost;
        Note(stream, before);
    }

    private void Anew(RecordedStream stream, StreamLook look) =>
        Restart(stream, look.First > stream.Cursor ? look.Added - look.Length : look.Added, look.First);

    // The server forgot its newest entries, as after a power cut, and has had others since: more stand behind the
    // cursor than its count says, and how many were lost in between nobody can tell.
    private void Restart(RecordedStream stream, long added, EntryId? first)
    {
        checkRun();
        (stream.Lost, stream.Added) = (null, added);
        Note(stream, first);
    }

    private void Note(RecordedStream stream, EntryId? before)
    {
        var nowMs = settings.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var gap = new ArchiveGap(stream.Cursor, before, stream.Lost, nowMs);
        writer.Note(stream.Files, gap);
        settings.Tell?.Invoke(true, $"gap in {stream.Files.Name}: {gap} were gone before they were recorded.");
    }

    // Only of the journals is it asked; the entry's other readers go on from where they were.
    private static long? TimeOf(RespReader fields)
    {
        for (var left = fields.ReadArray(); left > 1; left -= 2)
        {
            var isIt = fields.ReadBytes().SequenceEqual("at"u8);
            var text = fields.ReadBytes();
            if (isIt && Utf8Parser.TryParse(text, out long atMs, out _)) return atMs;
        }

        return null;
    }

    private static EntryId? FirstOf(RespReader entries, int count)
    {
        if (count <= 0) return null;
        entries.ReadArray();
        return entries.ReadId();
    }
}
