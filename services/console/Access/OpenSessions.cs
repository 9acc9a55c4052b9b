using System.Collections.Concurrent;
using System.Security.Claims;

namespace Quantum.Console.Access;

/// <summary>
/// Which sessions hold: one ends with its time, with its logout, in every page and copy of its cookie, and when its
/// user is not, or not as it was, among those who may log in.
/// </summary>
public sealed class OpenSessions(AccessSettings settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>True for a session that holds, and for whoever needs none.</summary>
    public bool Holds(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return !Sessions.IsOfLogin(user)
            || (!Sessions.IsOver(user, time.GetUtcNow()) && !IsEnded(user) && IsKnown(user));
    }

    /// <summary>Ends a session for good.</summary>
    public void End(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = time.GetUtcNow();
        foreach (var (id, until) in _ended) if (until <= now) _ended.TryRemove(id, out _);
        if (user.FindFirstValue(Sessions.IdClaim) is { } ended) _ended[ended] = now.AddHours(settings.SessionHours);
    }

    private bool IsEnded(ClaimsPrincipal user) =>
        user.FindFirstValue(Sessions.IdClaim) is not { } id || _ended.ContainsKey(id);

    // Whom a provider vouched for stands in no list of ours: while there is a provider, its sessions hold.
    private bool IsKnown(ClaimsPrincipal user) => user.FindFirstValue(Sessions.GroundClaim) is { } ground
        && (settings.Users.Any(known => known.Name == user.Identity?.Name && Sessions.GroundOf(known) == ground)
            || (settings.OpenId.IsOn && ground == OpenIdLogin.GroundOf(user)));
}
