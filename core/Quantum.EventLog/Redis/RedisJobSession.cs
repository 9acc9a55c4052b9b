using Quantum.Contracts.Units;
using Quantum.EventLog.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// One worker's view of a competing stream: take a job, hold it while it runs, finish it with its answers.
/// </summary>
internal sealed class RedisJobSession(RedisEventLog log, LogLink link, string worker) : IDisposable
{
    private readonly RedisPipe _pipe = log.OpenPipe("jobs:" + link.Stream.Name);
    private string _claimFrom = "0-0";

    public void EnsureGroup()
    {
        _pipe.Keys = () => [(link.StreamKey, "stream")];
        _pipe.Run((link, worker), static (connection, a) =>
        {
            var reply = connection.Call("XGROUP", "CREATE", a.link.StreamKey, a.link.Group, "0", "MKSTREAM");
            if (reply.ErrorCode != RespErrorCode.BusyGroup) reply.ThrowIfError();
            return true;
        });
    }

    /// <summary>A new job, waiting a while for one; false when none came.</summary>
    public bool TryTake(TimeSpan wait, LogBatch target) =>
        _pipe.Run((session: this, wait, target), static (connection, a) =>
    {
        a.target.Clear();
        var blockMs = Math.Max(1, (int)a.wait.TotalMilliseconds);
        connection.BeginWrite().Command(
            "XREADGROUP", "GROUP", a.session.Link.Group, a.session.Worker, "COUNT", "1", "BLOCK",
            blockMs.ToString(System.Globalization.CultureInfo.InvariantCulture), "STREAMS", a.session.Link.StreamKey,
            ">");
        connection.Flush();
        var reply = connection.ReadReply(blockMs + connection.Endpoint.ReplyTimeoutMs);
        if (reply.ReadArray() <= 0) return false;
        reply.ReadArray();
        reply.ReadBytes();
        RedisFetchCodec.ReadEntries(ref reply, 0, a.target);
        return a.target.Count > 0;
    });

    /// <summary>
    /// A job whose worker has not been heard of for a while. The scan goes on where it ended: from the start each time
    /// it would starve behind entries that are held.
    /// </summary>
    public bool TryTakeOver(TimeSpan silent, LogBatch target)
    {
        target.Clear();
        var found = _pipe.Run((session: this, silent, target), static (connection, a) =>
        {
            var idleMs = ((long)a.silent.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var reply = connection.Call(
                "XAUTOCLAIM", a.session.Link.StreamKey, a.session.Link.Group, a.session.Worker, idleMs,
                a.session._claimFrom, "COUNT", "1");
            reply.ReadArray();
            a.session._claimFrom = reply.ReadString();
            RedisFetchCodec.ReadEntries(ref reply, 0, a.target);
            LogMeter.TakenOver(a.session.Link, a.target.Count, reply.ReadArray());
            return a.target.Count > 0;
        });
        if (found) target.SetDeliveries(0, Deliveries(target[0].Id));
        return found;
    }

    /// <summary>Keeps a running job from being taken over; false when it was.</summary>
    public bool Hold(EntryId id) => Run(log.Scripts.Hold, id.ToString()) == 1;

    /// <summary>
    /// Publishes the job's answers and acknowledges it; false when another worker has it now, then nothing is done.
    /// </summary>
    public bool Finish(EntryId id, CommitBatch answers) =>
        _pipe.Run((session: this, id, answers, log), static (connection, a) =>
    {
        var arguments = 3;
        for (var i = 0; i < a.answers.OutputCount; i++) arguments += 1 + 2 * a.answers.Output(i).Count;
        var script = a.log.Scripts.Finish;
        var writer = connection.BeginWrite();
        script.Begin(writer, 1 + a.answers.OutputCount, arguments);
        writer.WriteText(a.session.Link.StreamKey);
        for (var i = 0; i < a.answers.OutputCount; i++) writer.WriteText(a.answers.OutputKey(i));
        writer.WriteText(a.session.Link.Group);
        writer.WriteText(a.session.Worker);
        writer.WriteId(a.id);
        for (var i = 0; i < a.answers.OutputCount; i++)
        {
            var fields = a.answers.Output(i).Fields;
            writer.WriteBulk(fields.Count);
            RedisEventLog.WriteFields(writer, in fields);
        }

        connection.Flush();
        return script.ReadReply(connection).ReadInteger() == 1;
    });

    /// <summary>Removes consumers of workers that are long gone and hold nothing.</summary>
    public void Reap(TimeSpan idle) =>
        Run(log.Scripts.Reap,
            ((long)idle.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Removes this worker's own consumer unless it still holds a job.</summary>
    public void Leave() => Run(log.Scripts.Reap, "0");

    public void Dispose() => _pipe.Dispose();

    private LogLink Link => link;

    private string Worker => worker;

    private long Deliveries(EntryId id) => _pipe.Run((session: this, id), static (connection, a) =>
    {
        var text = a.id.ToString();
        var reply = connection.Call("XPENDING", a.session.Link.StreamKey, a.session.Link.Group, text, text, "1");
        if (reply.ReadArray() < 1) return 1;
        reply.ReadArray();
        reply.Skip();
        reply.Skip();
        reply.Skip();
        return reply.ReadInteger();
    });

    private long Run(RespScript script, string argument) =>
        _pipe.Run((session: this, script, argument), static (connection, a) =>
    {
        var writer = connection.BeginWrite();
        a.script.Begin(writer, 1, 3);
        writer.WriteText(a.session.Link.StreamKey);
        writer.WriteText(a.session.Link.Group);
        writer.WriteText(a.session.Worker);
        writer.WriteText(a.argument);
        connection.Flush();
        return a.script.ReadReply(connection).ReadInteger();
    });
}
