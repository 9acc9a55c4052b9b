using Quantum.Contracts.Catalog;
using Quantum.Contracts.Wire;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// Writes a commit as one script call. Outputs of equal key and field names share a shape, so their names cross the
/// wire and Lua once per commit.
/// </summary>
internal sealed class RedisCommitWriter(RespScript script, LogKeys keys, RoleSeat seat, bool isTape)
{
    private const int FixedKeys = 6;
    private const int FixedArguments = 15;

    private readonly byte[][] _keys =
    [
        RespWriter.Encode(keys.Lease(seat)), RespWriter.Encode(keys.Cursor(seat)), RespWriter.Encode(keys.State(seat)),
        RespWriter.Encode(keys.Journal(seat)), RespWriter.Encode(keys.Counts(seat)),
        RespWriter.Encode(keys.Reasons(seat)),
    ];

    private readonly byte[][] _tapeKeys =
        isTape
            ?
            [
                RespWriter.Encode(LogKeys.Turn), RespWriter.Encode(keys.Stage(seat)),
                RespWriter.Encode(LogKeys.TurnWaits), RespWriter.Encode(LogKeys.TurnBell),
                RespWriter.Encode(LogKeys.TurnStaged),
            ]
            : [];

    private readonly List<int> _shapes = [];
    private int[] _shapeOf = new int[256];

    public void Write(
        RespWriter writer, CommitBatch commit, ReadOnlySpan<byte> owner, long epoch, long ttlMs, int journalKeep)
    {
        FindShapes(commit);
        var sets = commit.State.Count(static write => write.Value is not null);
        var named = commit.Reasons.Count;
        script.Begin(
            writer, FixedKeys + commit.Links.Count + _shapes.Count + _tapeKeys.Length,
            FixedArguments + CountArguments(commit, sets));
        foreach (var key in _keys) writer.WriteEncoded(key);
        foreach (var part in commit.Links) writer.WriteBulk(part.Link.StreamKey);
        foreach (var first in _shapes) writer.WriteBulk(commit.OutputKey(first));
        foreach (var key in _tapeKeys) writer.WriteEncoded(key);
        writer.WriteBulk(owner);
        writer.WriteBulk(epoch);
        writer.WriteBulk(commit.ExpectedSequence);
        writer.WriteBulk(ttlMs);
        writer.WriteBulk(commit.Journal);
        writer.WriteBulk(journalKeep);
        writer.WriteBulk(commit.ClockMs);
        writer.WriteBulk(commit.Links.Count);
        writer.WriteBulk(_shapes.Count);
        writer.WriteBulk(commit.OutputCount);
        writer.WriteBulk(sets);
        writer.WriteBulk(commit.State.Count - sets);
        writer.WriteBulk(named);
        writer.WriteBulk(2 * named);
        writer.WriteBulk(isTape ? 1 : 0);
        WriteLinks(writer, commit);
        WriteOutputs(writer, commit);
        WriteState(writer, commit);
        WriteReasons(writer, commit);
    }

    private int CountArguments(CommitBatch commit, int sets)
    {
        var count = commit.State.Count + sets + 6 * commit.Reasons.Count;
        foreach (var part in commit.Links) count += 3 + part.Acks.Count;
        foreach (var first in _shapes) count += 1 + commit.Output(first).Count;
        for (var i = 0; i < commit.OutputCount; i++) count += 1 + commit.Output(i).Count;
        return count;
    }

    private void FindShapes(CommitBatch commit)
    {
        _shapes.Clear();
        if (_shapeOf.Length < commit.OutputCount) _shapeOf = new int[commit.OutputCount * 2];
        for (var i = 0; i < commit.OutputCount; i++) _shapeOf[i] = ShapeOf(commit, i);
    }

    private int ShapeOf(CommitBatch commit, int output)
    {
        var fields = commit.Output(output).Fields;
        for (var shape = _shapes.Count - 1; shape >= 0; shape--)
        {
            var first = _shapes[shape];
            if (commit.OutputKey(first) != commit.OutputKey(output)) continue;
            var other = commit.Output(first).Fields;
            if (SameNames(in fields, in other)) return shape;
        }

        _shapes.Add(output);
        return _shapes.Count - 1;
    }

    private static bool SameNames(in EntryFields left, in EntryFields right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
            if (!left.Name(i).SequenceEqual(right.Name(i))) return false;
        return true;
    }

    private static void WriteLinks(RespWriter writer, CommitBatch commit)
    {
        foreach (var part in commit.Links)
        {
            writer.WriteBulk(part.Link.Group);
            if (part.Cursor == default) writer.WriteBulk(""u8);
            else writer.WriteBulk(part.Cursor);
            writer.WriteBulk(part.Acks.Count);
            foreach (var id in part.Acks) writer.WriteBulk(id);
        }
    }

    private void WriteOutputs(RespWriter writer, CommitBatch commit)
    {
        foreach (var first in _shapes)
        {
            var fields = commit.Output(first).Fields;
            writer.WriteBulk(fields.Count);
            for (var i = 0; i < fields.Count; i++) writer.WriteBulk(fields.Name(i));
        }

        for (var output = 0; output < commit.OutputCount; output++)
        {
            var fields = commit.Output(output).Fields;
            writer.WriteBulk(_shapeOf[output] + 1);
            for (var i = 0; i < fields.Count; i++) writer.WriteBulk(fields.Value(i));
        }
    }

    private static void WriteState(RespWriter writer, CommitBatch commit)
    {
        foreach (var (field, value) in commit.State)
        {
            if (value is null) continue;
            writer.WriteBulk(field);
            writer.WriteBulk(value);
        }

        foreach (var (field, value) in commit.State)
            if (value is null) writer.WriteBulk(field);
    }

    private static void WriteReasons(RespWriter writer, CommitBatch commit)
    {
        foreach (var reason in commit.Reasons)
        {
            writer.WriteBulk(ReasonFields.Count(reason.Counter, reason.Reason, reason.Subject));
            writer.WriteBulk(reason.Times);
        }

        foreach (var reason in commit.Reasons)
        {
            writer.WriteBulk(ReasonFields.Last(reason.Counter, reason.Subject));
            writer.WriteBulk(ReasonFields.LastText(reason.AtMs, reason.Reason));
            writer.WriteBulk(ReasonFields.Count(reason.Counter, reason.Reason, reason.Subject));
            writer.WriteBulk(ReasonFields.FiguresText(reason.AtMs, reason.Figures));
        }
    }
}
