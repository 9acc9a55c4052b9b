using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Brings a role that saves snapshots up to its last commit: handles the inputs of its journal behind the snapshot
/// again, in their order. What it publishes meanwhile was committed the first time and is dropped.
/// </summary>
internal static class JournalReplay
{
    private const int RecordsAtOnce = 200;
    private const int EntriesAtOnce = 500;

    /// <summary>Gives the number of inputs handled again.</summary>
    public static int Run(ILogSession session, RoleWork work, LogLink[] links, long afterSequence, BatchContext context)
    {
        var scratch = new CommitBatch();
        var batch = new LogBatch();
        var inputs = 0;
        while (session.ReadJournal(afterSequence, RecordsAtOnce) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                inputs += Replay(session, work, links, record, scratch, batch, context);
                afterSequence = record.Sequence;
            }
        }

        return inputs;
    }

    private static int Replay(
        ILogSession session, RoleWork work, LogLink[] links, JournalRecord record, CommitBatch scratch, LogBatch batch,
        BatchContext context)
    {
        var inputs = 0;
        var run = new List<EntryId>();
        string? runKey = null;
        foreach (var (key, id, clockMs) in JournalText.Read(record.Text))
        {
            if (key != runKey || run.Count == EntriesAtOnce)
            {
                inputs += ReplayRun(session, work, links, runKey, run, scratch, batch);
                run.Clear();
                runKey = key;
            }

            if (key is not null)
            {
                run.Add(id);
                continue;
            }

            work.Replay(scratch, null, default, default, clockMs);
            context.ClockMs = clockMs;
            inputs++;
        }

        return inputs + ReplayRun(session, work, links, runKey, run, scratch, batch);
    }

    private static int ReplayRun(
        ILogSession session, RoleWork work, LogLink[] links, string? key, List<EntryId> ids, CommitBatch scratch,
        LogBatch batch)
    {
        if (key is null || ids.Count == 0) return 0;
        var link = Array.Find(links, candidate => candidate.StreamKey == key);
        if (link is null) return 0;
        var next = 0;
        var from = ids[0];
        while (next < ids.Count)
        {
            session.Read(link, from, ids[^1], EntriesAtOnce, batch);
            if (batch.Count == 0) break;
            for (var i = 0; i < batch.Count && next < ids.Count; i++)
            {
                var id = batch[i].Id;
                while (next < ids.Count && ids[next] < id) next++;
                if (next == ids.Count || ids[next] != id) continue;
                next++;
                EntryFields fields = batch.Fields(i);
                work.Replay(scratch, link, id, in fields, 0);
            }

            from = batch[batch.Count - 1].Id.Next();
        }

        return ids.Count;
    }
}
