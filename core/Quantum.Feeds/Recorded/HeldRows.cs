namespace Quantum.Feeds.Recorded;

/// <summary>
/// The checked rows of one candle file in memory, as bytes: what a row says beyond the one before it, about 20 bytes
/// where text is 80 and a row in memory 200. Each number comes back with the digits it had. Written once, then read by
/// any number of runs at once.
/// </summary>
internal sealed class HeldRows
{
    private const int ChunkBytes = 1 << 18;
    private readonly List<byte[]> _chunks = [];
    private byte[] _chunk = [];
    private int _used;
    private long _fullBytes;
    private HeldRow _last = new();

    /// <summary>Memory it takes, bytes.</summary>
    public long Bytes => _fullBytes + _used;

    public void Add(in KlineRow row)
    {
        if (_used + HeldRow.MostBytes > _chunk.Length)
        {
            if (_chunks.Count > 0) _chunk[_used] = HeldRow.End;
            _chunks.Add(_chunk = new byte[ChunkBytes]);
            _fullBytes += _used;
            _used = 0;
        }

        _used += _last.Write(in row, _chunk.AsSpan(_used));
    }

    /// <summary>Nothing is added any more: what is not used is given back.</summary>
    public void Finish()
    {
        if (_chunks.Count == 0) return;
        _chunk[_used] = HeldRow.End;
        _chunks[^1] = _chunk[..(_used + 1)];
        (_chunk, _last) = ([], new HeldRow());
    }

    /// <summary>Reads from the first row on.</summary>
    public Cursor Rows() => new(_chunks);

    /// <summary>A place among the rows.</summary>
    internal sealed class Cursor(List<byte[]> chunks)
    {
        private readonly HeldRow _row = new();
        private byte[] _chunk = chunks.Count == 0 ? [HeldRow.End] : chunks[0];
        private int _number;
        private int _at;

        /// <summary>The row it stands on.</summary>
        public HeldRow Row => _row;

        /// <summary>Goes to the next row; false when there is none.</summary>
        public bool Next()
        {
            while (_chunk[_at] == HeldRow.End)
            {
                if (++_number >= chunks.Count) return false;
                (_chunk, _at) = (chunks[_number], 0);
            }

            _at += _row.Read(_chunk.AsSpan(_at));
            return true;
        }
    }
}
