using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The manifest's name for a conditional text: what chooses, and a hash of both texts.</summary>
internal static class ConditionalName
{
    // XXH32 with seed 0, from its specification (xxHash, doc/xxhash_spec.md): the names must match those of real
    // Aspire.
    private const uint Prime1 = 2654435761, Prime2 = 2246822519, Prime3 = 3266489917, Prime4 = 668265263,
        Prime5 = 374761393;

    public static string Of(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression;
        var words = (expression ?? "expr").Split(['{', '}', '.', '-', ':', '_'], StringSplitOptions.RemoveEmptyEntries);
        var hashed = (expression ?? condition.GetType().Name) + whenTrue.ValueExpression + whenFalse.ValueExpression
            + matchValue;
        var hash = Hash(Encoding.UTF8.GetBytes(hashed)).ToString("x8", CultureInfo.InvariantCulture);
#pragma warning disable CA1308 // The real names are lower case.
        return $"cond-{string.Join('-', words).ToLowerInvariant()}-{hash}";
#pragma warning restore CA1308
    }

    private static uint Hash(ReadOnlySpan<byte> rest)
    {
        var length = (uint)rest.Length;
        var acc = Prime5;
        if (rest.Length >= 16)
        {
            Span<uint> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
            for (; rest.Length >= 16; rest = rest[16..])
            {
                for (var i = 0; i < 4; i++)
                {
                    var word = BinaryPrimitives.ReadUInt32LittleEndian(rest[(4 * i)..]);
                    lanes[i] = unchecked(BitOperations.RotateLeft(lanes[i] + (word * Prime2), 13) * Prime1);
                }
            }

            acc = unchecked(BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
                + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18));
        }

        acc = unchecked(acc + length);
        for (; rest.Length >= 4; rest = rest[4..])
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            acc = unchecked(BitOperations.RotateLeft(acc + (word * Prime3), 17) * Prime4);
        }

        foreach (var one in rest)
        {
            acc = unchecked(BitOperations.RotateLeft(acc + (one * Prime5), 11) * Prime1);
        }

        acc = unchecked((acc ^ (acc >> 15)) * Prime2);
        acc = unchecked((acc ^ (acc >> 13)) * Prime3);
        return acc ^ (acc >> 16);
    }
}
