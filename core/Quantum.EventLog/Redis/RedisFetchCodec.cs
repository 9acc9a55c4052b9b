using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>Writes the fenced read and takes its entries from the reply straight into a batch.</summary>
internal static class RedisFetchCodec
{
    private static readonly byte[] s_seat = Encoding.UTF8.GetBytes(StreamConsumer.Name);

    public static void Write(
        RespScript script, RespWriter writer, string leaseKey, ReadOnlySpan<LinkRead> reads, ReadOnlySpan<byte> owner,
        long epoch)
    {
        script.Begin(writer, 1 + reads.Length, 3 + 4 * reads.Length);
        writer.WriteBulk(leaseKey);
        foreach (var read in reads) writer.WriteBulk(read.Link.StreamKey);
        writer.WriteBulk(owner);
        writer.WriteBulk(epoch);
        writer.WriteBulk(s_seat);
        foreach (var read in reads)
        {
            writer.WriteBulk(read.Link.Kind == LinkKind.Cursor ? "c"u8 : read.Pending ? "p"u8 : "n"u8);
            writer.WriteBulk(read.Link.Group);
            writer.WriteBulk(read.Count);
            writer.WriteBulk(read.After);
        }
    }

    /// <summary>False when the lease was another's.</summary>
    public static bool Read(RespReader reply, LogBatch target)
    {
        target.Clear();
        var parts = reply.ReadArray();
        if (reply.ReadInteger() == 0) return false;
        target.GroupsPutBack = (int)reply.ReadInteger();
        for (var read = 0; read < (parts - 2) / 2; read++)
        {
            var first = target.Count;
            ReadEntries(ref reply, read, target);
            var counts = reply.ReadArray();
            for (var i = 0; i < counts; i++) target.SetDeliveries(first + i, reply.ReadInteger());
        }

        return true;
    }

    /// <summary>
    /// Reads the doorbell's reply: true when a stream has something. The entries are taken only when no group's stream
    /// is among them.
    /// </summary>
    public static bool ReadBell(ref RespReader reply, ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        target.Clear();
        var streams = reply.ReadArray();
        if (streams <= 0) return false;
        for (var stream = 0; stream < streams; stream++)
        {
            reply.ReadArray();
            var read = IndexOf(reads, reply.ReadBytes());
            if (read < 0 || reads[read].Link.Kind == LinkKind.Group)
            {
                target.Clear();
                return true;
            }

            ReadEntries(ref reply, read, target);
        }

        return true;
    }

    private static int IndexOf(ReadOnlySpan<LinkRead> reads, ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < reads.Length; i++)
            if (Ascii.Equals(key, reads[i].Link.StreamKey)) return i;
        return -1;
    }

    public static void ReadEntries(ref RespReader reply, int read, LogBatch target)
    {
        var entries = reply.ReadArray();
        for (var i = 0; i < entries; i++)
        {
            reply.ReadArray();
            var id = reply.ReadId();
            var values = reply.ReadArray();
            target.Add(new LogEntry(read, id, 1, values < 0));
            for (var v = 0; v + 1 < values; v += 2)
            {
                var name = reply.ReadBytes();
                target.AddField(name, reply.ReadBytes());
            }
        }
    }
}
