using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Quantum.Resp;

namespace Quantum.EventLog.Redis;

/// <summary>
/// Waits for a tape's round and takes its entries out of the form in which <c>turn.lua</c> packs them.
/// </summary>
internal static class RedisRounds
{
    /// <summary>List elements that come at once, two an entry; even, so that none is torn.</summary>
    private const string MostAtOnce = "1000";

    public static void Write(RespWriter writer, string key, int blockMs) => writer.Command(
        "BLMPOP", (blockMs / 1000.0).ToString("0.000", CultureInfo.InvariantCulture), "1", key, "LEFT", "COUNT",
        MostAtOnce);

    /// <summary>False when the time was over.</summary>
    public static bool Read(ref RespReader reply, ReadOnlySpan<LinkRead> reads, LogBatch target)
    {
        if (reply.ReadArray() < 0) return false;
        reply.Skip();
        for (var left = reply.ReadArray(); left > 1; left -= 2)
        {
            var id = reply.ReadId();
            var entry = new Packed(reply.ReadBytes());
            var parts = entry.ReadArray();
            var read = IndexOf(reads, entry.ReadText());
            entry.ReadText();
            if (read < 0 || id <= reads[read].After) continue;
            target.Add(new LogEntry(read, id, 1, IsMissing: false));
            for (var part = 2; part + 1 < parts; part += 2)
            {
                var name = entry.ReadText();
                target.AddField(name, entry.ReadText());
            }
        }

        return true;
    }

    private static int IndexOf(ReadOnlySpan<LinkRead> reads, ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < reads.Length; i++)
            if (Ascii.Equals(key, reads[i].Link.StreamKey)) return i;
        return -1;
    }

    /// <summary>Reads MessagePack, as far as an array of texts needs it.</summary>
    private ref struct Packed(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _left = bytes;

        public int ReadArray()
        {
            var kind = Take(1)[0];
            return kind switch
            {
                >= 0x90 and <= 0x9f => kind & 0x0f,
                0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
                0xdd => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
                _ => throw Unexpected(kind, "an array"),
            };
        }

        public ReadOnlySpan<byte> ReadText()
        {
            var kind = Take(1)[0];
            return Take(kind switch
            {
                >= 0xa0 and <= 0xbf => kind & 0x1f,
                0xd9 => Take(1)[0],
                0xda => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
                0xdb => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
                _ => throw Unexpected(kind, "a text"),
            });
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count < 0 || count > _left.Length)
                throw new RespProtocolException($"a round's entry ends {count - _left.Length} bytes too early.");
            var taken = _left[..count];
            _left = _left[count..];
            return taken;
        }

        private static RespProtocolException Unexpected(byte kind, string wanted) =>
            new($"a round's entry has the byte {kind:x2} where {wanted} should begin.");
    }
}
