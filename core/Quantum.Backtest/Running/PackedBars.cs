using System.Collections;
using Quantum.Backtest.Results;
using Quantum.Feeds.Recorded;

namespace Quantum.Backtest.Running;

/// <summary>
/// Candles for drawing, rising in time, in about ten bytes each instead of forty: in blocks, a row as what it says
/// beyond the one before it, and to the bit what was added. Filled by one thread, then read by any number.
/// </summary>
internal sealed class PackedBars : IReadOnlyList<Bar>
{
    private const int BlockBars = 256;

    private readonly List<long> _firstMs = [];
    private readonly List<byte[]> _blocks = [];
    private byte[] _filling = [];
    private int _used;
    private HeldRow _last = new();
    private Block? _read;

    public int Count { get; private set; }

    /// <summary>What it holds, bytes, without the two lists.</summary>
    public long Bytes => _blocks.Sum(static block => (long)block.Length) + _filling.Length;

    public Bar this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return BlockAt(index / BlockBars).Bars[index % BlockBars];
        }
    }

    /// <summary>Behind all there are, until <see cref="Finish"/>.</summary>
    public void Add(in MarketKline kline)
    {
        if (Count % BlockBars == 0)
        {
            Keep();
            _firstMs.Add(kline.OpenTimeMs);
            if (_filling.Length == 0) _filling = new byte[BlockBars * HeldRow.MostBytes];
            _last = new HeldRow();
        }

        var row = new KlineRow
        {
            Place = new RowPlace("", _last.Line + 1), OpenTimeMs = kline.OpenTimeMs, Open = kline.Open,
            High = kline.High, Low = kline.Low, Close = kline.Close,
        };
        _used += _last.Write(in row, _filling.AsSpan(_used));
        Count++;
    }

    /// <summary>Nothing is added any more.</summary>
    public void Finish()
    {
        Keep();
        _filling = [];
    }

    /// <summary>Index of the first candle that opens at the moment or later; the count when there is none.</summary>
    public int FirstAtOrAfter(long atMs)
    {
        var found = _firstMs.BinarySearch(atMs);
        if (found >= 0) return found * BlockBars;
        var block = ~found - 1;
        if (block < 0) return 0;
        var bars = BlockAt(block).Bars;
        var place = 0;
        while (place < bars.Length && bars[place].OpenAtMs < atMs) place++;
        return block * BlockBars + place;
    }

    public IEnumerator<Bar> GetEnumerator()
    {
        for (var block = 0; block < _firstMs.Count; block++)
            foreach (var bar in BlockAt(block).Bars) yield return bar;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Keep()
    {
        if (_used > 0) _blocks.Add(_filling[.._used]);
        _used = 0;
    }

    // Who reads goes through a block from its front mostly: the last one is kept.
    private Block BlockAt(int number)
    {
        if (_read is { } read && read.Number == number) return read;
        if (number >= _blocks.Count) throw new InvalidOperationException("bars are read before all are added.");
        var bars = new Bar[Math.Min(BlockBars, Count - number * BlockBars)];
        var (row, bytes, at) = (new HeldRow(), _blocks[number], 0);
        for (var i = 0; i < bars.Length; i++)
        {
            at += row.Read(bytes.AsSpan(at));
            bars[i] = new Bar(
                row.OpenTimeMs, (double)row.Open, (double)row.High, (double)row.Low, (double)row.Close);
        }

        return _read = new Block(number, bars);
    }

    private sealed record Block(int Number, Bar[] Bars);
}
