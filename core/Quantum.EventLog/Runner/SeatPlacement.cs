using System.Text;

namespace Quantum.EventLog.Runner;

/// <summary>
/// Which replica should ask for which seat: the highest FNV-1a hash of instance, role and shard among the live members
/// (rendezvous hashing), so that a member that comes or goes moves only its own seats. Advice; the lease decides.
/// </summary>
public sealed class SeatPlacement(string instance)
{
    private volatile string[] _members = [];

    /// <summary>How a member that runs a role writes itself into the members' set.</summary>
    public static string MemberOf(string role, string instance) => role + "/" + instance;

    /// <summary>
    /// Takes the live members as <see cref="MemberOf"/> writes them; who is known to be gone does not count.
    /// </summary>
    public void Update(IReadOnlyList<string> members) =>
        _members = [.. members.Where(member => !InstanceName.IsGone(member[(member.IndexOf('/') + 1)..]))];

    /// <summary>True when the seat is this instance's turn; also while nothing is known of others.</summary>
    public bool Wants(RoleSeat seat)
    {
        var prefix = seat.Role + "/";
        var own = Weight(instance, seat);
        foreach (var member in _members)
        {
            if (!member.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var other = member[prefix.Length..];
            if (other == instance) continue;
            var weight = Weight(other, seat);
            if (weight > own || (weight == own && string.CompareOrdinal(other, instance) > 0)) return false;
        }

        return true;
    }

    private static ulong Weight(string candidate, RoleSeat seat)
    {
        var hash = 14695981039346656037ul;
        foreach (var b in Encoding.UTF8.GetBytes($"{candidate}|{seat.Role}|{seat.Shard}"))
            hash = (hash ^ b) * 1099511628211ul;
        // FNV's high bits move little on short endings; the finalizer (MurmurHash3 fmix64) spreads them.
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdul;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ul;
        return hash ^ (hash >> 33);
    }
}
