namespace Quantum.Resp;

/// <summary>
/// Which of a cluster's slots a key lives in: CRC-16/XMODEM of the key, or of what stands in its first braces, modulo
/// 16384 (Redis Cluster specification).
/// </summary>
internal static class RespSlot
{
    public const int Count = 16_384;
    private const int Polynomial = 0x1021;

    public static int Of(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        if (open >= 0)
        {
            var length = key[(open + 1)..].IndexOf((byte)'}');
            if (length > 0) key = key.Slice(open + 1, length);
        }

        var crc = 0;
        foreach (var b in key)
        {
            crc ^= b << 8;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            crc &= 0xffff;
        }

        return crc % Count;
    }
}
