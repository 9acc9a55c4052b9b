using System.Buffers;

namespace Quantum.Feeds.Files;

/// <summary>
/// Reads the lines of a part as bytes, without allocating: line ends of Unix and Windows, the mark that some programs
/// put before UTF-8, empty lines passed over.
/// </summary>
internal sealed class LineReader(TapePart part) : IDisposable
{
    private const int FirstBytes = 128 * 1024;
    private const int LongestLine = 64 * 1024 * 1024;

    private readonly TapeBytes _bytes = TapeBytes.Open(part);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _at;
    private int _end;
    private bool _isLast;
    private int _lineAt;
    private int _lineEnd;

    /// <summary>Number of the current line, from 1; 0 before the first.</summary>
    public long Line { get; private set; }

    /// <summary>The current line without its end.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(_lineAt.._lineEnd);

    /// <summary>True when the current line has an end: a last line without one may be torn.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>True when the file stopped before its own end.</summary>
    public bool IsCut => _bytes.IsCut;

    /// <summary>Goes to the next line that is not blank; false at the end.</summary>
    public bool Next()
    {
        while (NextLine())
        {
            if (Line == 1) SkipByteOrderMark();
            if (Text.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0) return true;
        }

        return false;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_at, _end, _lineAt, _lineEnd, _isLast) = (0, 0, 0, 0, true);
    }

    private bool NextLine()
    {
        var seen = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_at + seen, _end - _at - seen).IndexOf((byte)'\n');
            if (found >= 0)
            {
                Take(_at + seen + found, isEnded: true);
                _at = _at + seen + found + 1;
                return true;
            }

            seen = _end - _at;
            if (_isLast || !Fill())
            {
                if (_at == _end) return false;
                Take(_end, isEnded: false);
                _at = _end;
                return true;
            }
        }
    }

    private void Take(int end, bool isEnded)
    {
        (_lineAt, _lineEnd, IsEnded) = (_at, end, isEnded);
        if (_lineEnd > _lineAt && _buffer[_lineEnd - 1] == '\r') _lineEnd--;
        Line++;
    }

    private bool Fill()
    {
        if (_at > 0)
        {
            _buffer.AsSpan(_at.._end).CopyTo(_buffer);
            (_end, _at) = (_end - _at, 0);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
                throw new FeedException($"{part}, line {Line + 1}: is no line of text; remove the file.");
            var longer = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(longer, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = longer;
        }

        var count = _bytes.Read(_buffer.AsSpan(_end));
        _end += count;
        _isLast = count == 0;
        return !_isLast;
    }

    private void SkipByteOrderMark()
    {
        if (Text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _lineAt += 3;
        if (Text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || Text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new FeedException($"{part}: is text in UTF-16; save it as UTF-8.");
    }
}
