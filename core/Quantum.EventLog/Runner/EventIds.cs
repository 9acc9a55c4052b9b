using System.Buffers.Text;
using System.Security.Cryptography;

namespace Quantum.EventLog.Runner;

/// <summary>
/// The ids of what roles publish: <c>&lt;input id&gt;.&lt;role&gt;.&lt;n&gt;</c>. When that passes 96 bytes the input
/// id becomes the base32 text (RFC 4648, lower case) of the first 128 bits of its SHA-256: 26 characters, the same
/// after every replay.
/// </summary>
public static class EventIds
{
    public const int Longest = 96;
    private const int HashLength = 26;
    private static ReadOnlySpan<byte> Alphabet => "abcdefghijklmnopqrstuvwxyz234567"u8;

    /// <summary>
    /// Writes the id; <paramref name="target"/> needs 96 bytes and the role's length. Gives the bytes used.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> inputId, ReadOnlySpan<byte> role, int number, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[11];
        Utf8Formatter.TryFormat(number, digits, out var digitCount);
        var length = 0;
        if (inputId.Length + role.Length + digitCount + 2 > Longest)
        {
            WriteHash(inputId, target);
            length = HashLength;
        }
        else
        {
            inputId.CopyTo(target);
            length = inputId.Length;
        }

        target[length++] = (byte)'.';
        role.CopyTo(target[length..]);
        length += role.Length;
        target[length++] = (byte)'.';
        digits[..digitCount].CopyTo(target[length..]);
        return length + digitCount;
    }

    private static void WriteHash(ReadOnlySpan<byte> text, Span<byte> target)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text, hash);
        uint bits = 0;
        var held = 0;
        var at = 0;
        for (var i = 0; i < 16; i++)
        {
            bits = (bits << 8) | hash[i];
            for (held += 8; held >= 5; held -= 5) target[at++] = Alphabet[(int)(bits >> (held - 5)) & 31];
        }

        target[at] = Alphabet[(int)(bits << (5 - held)) & 31];
    }
}
