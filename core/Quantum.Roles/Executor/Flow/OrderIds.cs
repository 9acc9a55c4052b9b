using System.Security.Cryptography;

namespace Quantum.Roles.Executor.Flow;

/// <summary>
/// Ids that follow from the intent, so that a replay, a restart and the venue's own duplicate check all meet the same
/// order: the first 128 bits of SHA-256 over intent id and leg, in base32 behind a prefix, 28 characters.
/// </summary>
internal static class OrderIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int HashBytes = 16;

    /// <summary>The client order id of one leg of an intent: <c>entry</c>, <c>exit</c>, <c>stop.3</c> …</summary>
    public static string Client(string intentId, string leg) => "q1" + Hash(intentId, leg);

    /// <summary>The id of the position that an entry intent opens.</summary>
    public static string Position(string intentId) => "p1" + Hash(intentId, "position");

    /// <summary>True for a client order id that this system gave.</summary>
    public static bool IsOurs(string? clientOrderId) =>
        clientOrderId is { Length: 28 } && clientOrderId.StartsWith("q1", StringComparison.Ordinal);

    private static string Hash(string intentId, string leg)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{intentId}|{leg}"), digest);
        var text = new StringBuilder(26);
        for (int bits = 0, held = 0, next = 0; next < HashBytes || held > 0;)
        {
            if (held < 5 && next < HashBytes)
            {
                bits = ((bits & 0x1F) << 8) | digest[next++];
                held += 8;
            }

            held -= 5;
            text.Append(Alphabet[(held >= 0 ? bits >> held : bits << -held) & 0x1F]);
        }

        return text.ToString();
    }
}
