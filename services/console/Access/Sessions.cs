using System.Security.Claims;
using System.Security.Cryptography;

namespace Quantum.Console.Access;

/// <summary>Who somebody is for as long as a session lasts.</summary>
internal static class Sessions
{
    /// <summary>Where the request came from.</summary>
    public const string AddressClaim = "address";

    /// <summary>The session's own number.</summary>
    public const string IdClaim = "session_id";

    /// <summary>What the login rested on: another when role or password of the user are.</summary>
    public const string GroundClaim = "session_ground";

    private const string EndClaim = "session_end_ms";
    private const string StartClaim = "session_start";
    private const string Scheme = "Quantum";

    // Of this process, and no other before or beside it.
    private static readonly string s_start = Guid.NewGuid().ToString("N");

    /// <summary>A user after the login.</summary>
    public static ClaimsPrincipal Of(AccessUser user, DateTimeOffset end) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, user.Name), new Claim(ClaimTypes.Role, user.Role),
            new Claim(EndClaim, end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new Claim(IdClaim, Guid.NewGuid().ToString("N")), new Claim(GroundClaim, GroundOf(user)),
            new Claim(StartClaim, s_start),
        ],
        Scheme));

    /// <summary>What a login of a user rests on now; it tells nothing of the password.</summary>
    public static string GroundOf(AccessUser user) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Role}\n{user.PasswordHash}")).AsSpan(0, 8));

    /// <summary>Whoever uses this machine, where nobody needs to log in.</summary>
    public static ClaimsPrincipal OfThisMachine() => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, Environment.UserName), new Claim(ClaimTypes.Role, AccessRoles.Operator),
        ],
        Scheme));

    /// <summary>True once a session's time is up; one of this machine has no end.</summary>
    public static bool IsOver(ClaimsPrincipal user, DateTimeOffset now) =>
        IsOfLogin(user) && !(EndMsOf(user) > now.ToUnixTimeMilliseconds());

    /// <summary>When a session's time is up, UTC epoch ms; null for one without an end, or an unreadable one.</summary>
    public static long? EndMsOf(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirstValue(EndClaim), CultureInfo.InvariantCulture, out var endMs) ? endMs : null;

    /// <summary>True where this very process made it.</summary>
    public static bool IsOfThisStart(ClaimsPrincipal user) => user.HasClaim(StartClaim, s_start);

    /// <summary>True where a login made it.</summary>
    public static bool IsOfLogin(ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == EndClaim);

    /// <summary>The same user with where it comes from.</summary>
    public static ClaimsPrincipal At(ClaimsPrincipal user, string? address)
    {
        var seen = new ClaimsPrincipal(user.Identities);
        seen.AddIdentity(new ClaimsIdentity([new Claim(AddressClaim, address ?? "")]));
        return seen;
    }
}
