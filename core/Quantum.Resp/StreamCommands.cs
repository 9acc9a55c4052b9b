namespace Quantum.Resp;

/// <summary>Stream commands, written into a batch. Each has exactly one reply.</summary>
public static class StreamCommands
{
    /// <summary>
    /// Starts an XADD with a server-made id; <paramref name="fields"/> names and values must follow as 2 x fields
    /// arguments. <paramref name="maxLength"/> (entries, 0 = none) trims approximately, for lossy streams only.
    /// </summary>
    public static void BeginXAdd(this RespWriter writer, ReadOnlySpan<byte> key, int fields, long maxLength = 0)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(3 + 2 * fields + (maxLength > 0 ? 3 : 0));
        writer.WriteEncoded("$4\r\nXADD\r\n"u8);
        writer.WriteBulk(key);
        if (maxLength > 0)
        {
            writer.WriteEncoded("$6\r\nMAXLEN\r\n$1\r\n~\r\n"u8, 2);
            writer.WriteBulk(maxLength);
        }

        writer.WriteEncoded("$1\r\n*\r\n"u8);
    }

    /// <summary>
    /// XREAD of one stream; <paramref name="blockMs"/> below 0 does not block, 0 would block for ever and is refused.
    /// </summary>
    public static void XRead(this RespWriter writer, ReadOnlySpan<byte> key, EntryId after, int count, int blockMs = -1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(6 + BlockArguments(blockMs));
        writer.WriteBulk("XREAD"u8);
        CountBlockStreams(writer, count, blockMs);
        writer.WriteBulk(key);
        writer.WriteBulk(after);
    }

    /// <summary>Any command from ready arguments, for what is not on a hot path.</summary>
    public static void Command(this RespWriter writer, params ReadOnlySpan<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteArrayHeader(arguments.Length);
        foreach (var argument in arguments) writer.WriteBulk(argument);
    }

    /// <summary>How many arguments a blocking read has more; throws on 0, which waits for ever.</summary>
    internal static int BlockArguments(int blockMs)
    {
        if (blockMs == 0)
            throw new ArgumentOutOfRangeException(nameof(blockMs), "BLOCK 0 waits for ever; give a finite time in ms.");
        return blockMs > 0 ? 2 : 0;
    }

    /// <summary>Writes COUNT, BLOCK where it blocks, and STREAMS.</summary>
    internal static void CountBlockStreams(RespWriter writer, int count, int blockMs)
    {
        writer.WriteEncoded("$5\r\nCOUNT\r\n"u8);
        writer.WriteBulk(count);
        if (blockMs > 0)
        {
            writer.WriteEncoded("$5\r\nBLOCK\r\n"u8);
            writer.WriteBulk(blockMs);
        }

        writer.WriteEncoded("$7\r\nSTREAMS\r\n"u8);
    }
}
