using System.Security.Claims;

namespace Quantum.Console.Access;

/// <summary>
/// Which sessions hold: one ends with its time, with its logout, in every page and copy of its cookie, and when its
/// user is not, or not as it was, among those who may log in.
/// </summary>
public sealed class OpenSessions(AccessSettings settings, EndedSessions ended, TimeProvider time)
{
    /// <summary>True for a session that holds, and for whoever needs none.</summary>
    public bool Holds(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return !Sessions.IsOfLogin(user)
            || (!Sessions.IsOver(user, time.GetUtcNow()) && !IsEnded(user) && IsKnown(user));
    }

    /// <summary>Ends a session for good.</summary>
    public async Task EndAsync(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.FindFirstValue(Sessions.IdClaim) is { } id && Sessions.EndMsOf(user) is { } endMs)
            await ended.AddAsync(id, endMs);
    }

    // Whether one of before this start has ended is not known until Redis has told: then it does not hold.
    private bool IsEnded(ClaimsPrincipal user) => user.FindFirstValue(Sessions.IdClaim) is not { } id
        || ended.Has(id) || (!ended.IsKnown && !Sessions.IsOfThisStart(user));

    // Whom a provider vouched for stands in no list of ours: while there is a provider, its sessions hold.
    private bool IsKnown(ClaimsPrincipal user) => user.FindFirstValue(Sessions.GroundClaim) is { } ground
        && (settings.Users.Any(known => known.Name == user.Identity?.Name && Sessions.GroundOf(known) == ground)
            || (settings.OpenId.IsOn && ground == OpenIdLogin.GroundOf(user)));
}
