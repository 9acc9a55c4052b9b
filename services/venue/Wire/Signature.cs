using System.Buffers;
using System.Security.Cryptography;

namespace Quantum.Venue.Wire;

/// <summary>HMAC-SHA256 over the raw text of a request.</summary>
internal static class Signature
{
    private const int Bytes = 32;

    /// <summary>Whether the hexadecimal text, of either case, is the text's signature.</summary>
    public static bool Fits(ReadOnlySpan<byte> secret, string text, string signature)
    {
        Span<byte> told = stackalloc byte[Bytes];
        Span<byte> made = stackalloc byte[Bytes];
        if (signature.Length != 2 * Bytes
            || Convert.FromHexString(signature, told, out _, out _) != OperationStatus.Done) return false;
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, utf8);
        HMACSHA256.HashData(secret, utf8.AsSpan(0, length), made);
        ArrayPool<byte>.Shared.Return(utf8);
        return CryptographicOperations.FixedTimeEquals(told, made);
    }
}
