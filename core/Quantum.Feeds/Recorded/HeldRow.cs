namespace Quantum.Feeds.Recorded;

/// <summary>
/// One row as it stands in memory, and its form in bytes: two bytes for what is unlike the row before (which of the
/// numbers have another count of decimals, which are missing), then time, line and numbers as differences to what is
/// expected, in groups of seven bits. A number beyond 63 bits stands as it is.
/// </summary>
internal sealed class HeldRow
{
    /// <summary>More than the longest row has.</summary>
    public const int MostBytes = 160;

    /// <summary>Stands where no row follows: none begins so.</summary>
    public const byte End = 0xFF;

    private const int Numbers = 6;
    private const uint NoQuote = 1 << Numbers;
    private const uint NoTrades = 1 << (Numbers + 1);
    private const uint OtherStep = 1 << (Numbers + 2);
    private const uint OtherLine = 1 << (Numbers + 3);
    private const uint Whole = 1 << (Numbers + 4);

    private static readonly ulong[] s_tens =
        [.. Enumerable.Range(0, 29).Select(i => Enumerable.Repeat(10UL, i).Aggregate(1UL, (all, ten) => all * ten))];

    private readonly byte[] _scales = new byte[Numbers];
    private readonly ulong[] _digits = new ulong[Numbers];
    private readonly decimal[] _numbers = new decimal[Numbers];
    private long _stepMs;

    public long OpenTimeMs { get; private set; }
    public long Line { get; private set; }
    public long? Trades { get; private set; }
    public bool HasQuoteVolume { get; private set; }
    public decimal Open => _numbers[0];
    public decimal High => _numbers[1];
    public decimal Low => _numbers[2];
    public decimal Close => _numbers[3];
    public decimal Volume => _numbers[4];
    public decimal? QuoteVolume => HasQuoteVolume ? _numbers[5] : null;

    /// <summary>Writes the next row; the bytes it took.</summary>
    public int Write(in KlineRow row, Span<byte> target)
    {
        (_numbers[0], _numbers[1], _numbers[2]) = (row.Open, row.High, row.Low);
        (_numbers[3], _numbers[4], _numbers[5]) = (row.Close, row.Volume, row.QuoteVolume ?? 0);
        Span<ulong> digits = stackalloc ulong[Numbers];
        Span<byte> scales = stackalloc byte[Numbers];
        var unlike = (row.QuoteVolume is null ? NoQuote : 0) | (row.Trades is null ? NoTrades : 0);
        for (var i = 0; i < Numbers; i++)
        {
            if (!TrySplit(_numbers[i], out digits[i], out scales[i])) unlike |= Whole;
            if (scales[i] != _scales[i]) unlike |= 1u << i;
        }

        var stepMs = row.OpenTimeMs - OpenTimeMs;
        if (stepMs != _stepMs) unlike |= OtherStep;
        if (row.Place.Line != Line + 1) unlike |= OtherLine;
        (target[0], target[1]) = ((byte)(unlike >> 8), (byte)unlike);
        var at = 2;
        if ((unlike & OtherStep) != 0) at = Put(target, at, Folded(stepMs));
        if ((unlike & OtherLine) != 0) at = Put(target, at, Folded(row.Place.Line - Line));
        if (row.Trades is { } trades) at = Put(target, at, Folded(trades));
        (OpenTimeMs, Line, _stepMs) = (row.OpenTimeMs, row.Place.Line, stepMs);
        return (unlike & Whole) != 0 ? PutWhole(target, at) : PutParts(target, at, unlike, digits, scales);
    }

    /// <summary>Reads the next row; the bytes it had.</summary>
    public int Read(ReadOnlySpan<byte> source)
    {
        var unlike = (uint)(source[0] << 8) | source[1];
        var at = 2;
        if ((unlike & OtherStep) != 0) _stepMs = Unfolded(Take(source, ref at));
        Line += (unlike & OtherLine) != 0 ? Unfolded(Take(source, ref at)) : 1;
        Trades = (unlike & NoTrades) != 0 ? null : Unfolded(Take(source, ref at));
        HasQuoteVolume = (unlike & NoQuote) == 0;
        OpenTimeMs += _stepMs;
        for (var i = 0; i < Numbers; i++)
        {
            if ((unlike & Whole) != 0)
            {
                ReadOnlySpan<int> bits = [(int)Take(source, ref at), (int)Take(source, ref at),
                    (int)Take(source, ref at), (int)Take(source, ref at)];
                _numbers[i] = new decimal(bits);
                continue;
            }

            if ((unlike & (1u << i)) != 0) Scale(i, source[at++]);
            var digits = _digits[i] = Expected(i) + (ulong)Unfolded(Take(source, ref at));
            _numbers[i] = new decimal((int)digits, (int)(digits >> 32), 0, isNegative: false, _scales[i]);
        }

        return at;
    }

    private int PutParts(
        Span<byte> target, int at, uint unlike, ReadOnlySpan<ulong> digits, ReadOnlySpan<byte> scales)
    {
        for (var i = 0; i < Numbers; i++)
        {
            if ((unlike & (1u << i)) != 0)
            {
                Scale(i, scales[i]);
                target[at++] = scales[i];
            }

            at = Put(target, at, Folded((long)(digits[i] - Expected(i))));
            _digits[i] = digits[i];
        }

        return at;
    }

    private int PutWhole(Span<byte> target, int at)
    {
        Span<int> bits = stackalloc int[4];
        foreach (var number in _numbers)
        {
            decimal.GetBits(number, bits);
            foreach (var part in bits) at = Put(target, at, (uint)part);
        }

        return at;
    }

    // The open lies near the close before, the other prices near the open; a volume is like none other.
    private ulong Expected(int number) => number switch
    {
        0 => Rescaled(_digits[3], _scales[3], _scales[0]),
        < 4 => Rescaled(_digits[0], _scales[0], _scales[number]),
        _ => 0,
    };

    // What overflows comes back when the difference is added again.
    private static ulong Rescaled(ulong digits, byte from, byte to) =>
        to >= from ? digits * s_tens[to - from] : digits / Math.Max(1, s_tens[from - to]);

    private void Scale(int number, byte scale) => _scales[number] = scale;

    private static bool TrySplit(decimal number, out ulong digits, out byte scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        digits = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        scale = number.Scale;
        return bits[2] == 0 && bits[3] >= 0;
    }

    private static ulong Folded(long value) => (ulong)(value << 1) ^ (ulong)(value >> 63);

    private static long Unfolded(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static int Put(Span<byte> target, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7) target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
        return at;
    }

    private static ulong Take(ReadOnlySpan<byte> source, ref int at)
    {
        var value = (ulong)source[at++];
        if (value < 0x80) return value;
        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            var part = source[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
