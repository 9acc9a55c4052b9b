using Microsoft.AspNetCore.Identity;

namespace Quantum.Console.Access;

/// <summary>Passwords, as ASP.NET Core Identity hashes them.</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<AccessUser> s_hasher = new();

    // Checked where no such user is, so that the time taken tells nothing.
    private static readonly AccessUser s_nobody =
        new("", AccessRoles.Reader, s_hasher.HashPassword(null!, Guid.NewGuid().ToString()));

    /// <summary>The user whose name and password these are; null when there is none.</summary>
    public static AccessUser? UserOf(IReadOnlyList<AccessUser> users, string name, string password)
    {
        var user = users.FirstOrDefault(known => known.Name == name);
        var known = user ?? s_nobody;
        var verdict = s_hasher.VerifyHashedPassword(known, known.PasswordHash, password);
        return verdict == PasswordVerificationResult.Failed ? null : user;
    }

    /// <summary>True for what the hasher makes.</summary>
    public static bool IsHash(string? text)
    {
        if (string.IsNullOrEmpty(text)) return false;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 32 && bytes[0] is 0 or 1;
    }
}
