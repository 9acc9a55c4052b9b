using System.IO.Compression;

namespace Quantum.Feeds.Files;

/// <summary>
/// Tells whether a gzip file goes to its own end. The library takes the end of the file for the end of the data; so a
/// member of our own is put behind: it comes out only when the one before it is whole.
/// </summary>
internal static class GzipEnd
{
    private static readonly byte[] s_mark = "quantum-gzip-end"u8.ToArray();
    private static readonly byte[] s_member = Pack(s_mark);

    /// <param name="gzip">At its start; several members behind one another are one file.</param>
    public static bool IsReached(Stream gzip)
    {
        using var unpacked = new GZipStream(new Followed(gzip, s_member), CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[64 * 1024];
        var tail = Array.Empty<byte>();
        try
        {
            for (int count; (count = unpacked.Read(buffer)) > 0;)
            {
                byte[] last = [.. tail, .. buffer.AsSpan(Math.Max(0, count - s_mark.Length)..count)];
                tail = last[^Math.Min(last.Length, s_mark.Length)..];
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return tail.AsSpan().SequenceEqual(s_mark);
    }

    private static byte[] Pack(byte[] text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
        return packed.ToArray();
    }

    /// <summary>A stream with some bytes behind it.</summary>
    private sealed class Followed(Stream first, byte[] then) : Stream
    {
        private int _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = first.Read(buffer);
            if (count > 0) return count;
            count = Math.Min(buffer.Length, then.Length - _at);
            then.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
