using System.IO.Compression;
using System.IO.Hashing;

namespace Quantum.Feeds.Files;

/// <summary>
/// The bytes of one part of a recording, unpacked: a file as it is, gzip by its first bytes and not by its name, an
/// entry of a zip with its check sum held. Whatever is wrong with the file is a <see cref="FeedException"/>.
/// </summary>
internal sealed class TapeBytes : IDisposable
{
    private const int BufferBytes = 128 * 1024;
    private const uint GzipMagic = 0x8b1f;

    private readonly TapePart _part;
    private readonly ZipArchive? _zip;
    private readonly ZipArchiveEntry? _entry;
    private readonly Crc32? _crc;
    private readonly Stream _source;
    private readonly Stream _bytes;
    private bool _isEnded;

    private TapeBytes(TapePart part)
    {
        _part = part;
        if (part.Bytes is not null)
        {
            _source = _bytes = new MemoryStream(part.Bytes, writable: false);
            return;
        }

        var file = new FileStream(part.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferBytes);
        _source = file;
        if (part.Entry is not null)
        {
            _zip = new ZipArchive(file, ZipArchiveMode.Read);
            _entry = _zip.GetEntry(part.Entry) ?? throw new InvalidDataException("the entry is gone");
            if (_entry.IsEncrypted) throw new InvalidDataException("the entry is encrypted");
            _source = _entry.Open();
            if (part.Entry.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) _source = Whole(_source, _entry);
            else _crc = new Crc32();
        }

        var isGzip = _source.CanSeek && IsGzip(_source);
        if (!isGzip && part.FileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException("is no gzip file although its name ends in .gz");
        _bytes = isGzip ? new GZipStream(_source, CompressionMode.Decompress, leaveOpen: true) : _source;
    }

    /// <summary>Bytes given so far.</summary>
    public long Count { get; private set; }

    /// <summary>True at the end when a gzip file stops before its own end: what is missing is unknown.</summary>
    public bool IsCut { get; private set; }

    public static TapeBytes Open(TapePart part)
    {
        if (part.Bytes is null && !File.Exists(part.Path))
            throw new FeedException($"{part.Path}: there is no such file; check the path in {FeedNames.Path}.");
        try
        {
            return new TapeBytes(part);
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            throw Fault(part, fault);
        }
    }

    /// <summary>Fills what it can; 0 at the end, where what is known of the whole is checked.</summary>
    public int Read(Span<byte> buffer)
    {
        if (_isEnded) return 0;
        try
        {
            var count = _bytes.Read(buffer);
            Count += count;
            _crc?.Append(buffer[..count]);
            if (count > 0) return count;
            _isEnded = true;
            CheckEnd();
            return 0;
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            throw Fault(_part, fault);
        }
    }

    /// <summary>All of it, for forms that are read as a whole.</summary>
    public MemoryStream ReadAll()
    {
        var all = new MemoryStream();
        var buffer = new byte[BufferBytes];
        for (int count; (count = Read(buffer)) > 0;) all.Write(buffer, 0, count);
        all.Position = 0;
        return all;
    }

    public void Dispose()
    {
        if (_bytes != _source) _bytes.Dispose();
        _source.Dispose();
        _zip?.Dispose();
    }

    internal static bool IsOfFile(Exception fault) =>
        fault is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException;

    internal static FeedException Fault(TapePart part, Exception fault) => new(
        $"{part}: cannot be read ({fault.Message.TrimEnd('.')}); fetch it again, or remove it.");

    private void CheckEnd()
    {
        if (_crc is not null && (_crc.GetCurrentHashAsUInt32() != _entry!.Crc32 || Count != _entry.Length))
            throw new InvalidDataException("it does not match the check sum in the zip");
        if (_bytes == _source || !_source.CanSeek) return;
        // The last four bytes of a gzip file are its length; the library does not miss them when they are not there.
        Span<byte> tail = stackalloc byte[4];
        _source.Seek(-tail.Length, SeekOrigin.End);
        _source.ReadExactly(tail);
        if (BitConverter.ToUInt32(tail) == (uint)Count) return;
        _source.Position = 0;
        IsCut = !GzipEnd.IsReached(_source);
    }

    private static bool IsGzip(Stream stream)
    {
        Span<byte> magic = stackalloc byte[2];
        var count = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return count == magic.Length && BitConverter.ToUInt16(magic) == GzipMagic;
    }

    private static MemoryStream Whole(Stream stream, ZipArchiveEntry entry)
    {
        var all = new MemoryStream();
        using (stream) stream.CopyTo(all);
        if (Crc32.HashToUInt32(all.GetBuffer().AsSpan(0, (int)all.Length)) != entry.Crc32)
            throw new InvalidDataException("it does not match the check sum in the zip");
        all.Position = 0;
        return all;
    }
}
