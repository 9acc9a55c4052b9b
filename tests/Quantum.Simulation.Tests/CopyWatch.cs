using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.EventLog;
using Quantum.Simulation.Tests.Mutations;

namespace Quantum.Simulation.Tests;

/// <summary>
/// Looks at each copy of state as it is committed: at what it says then, and whether it says so later.
/// </summary>
internal sealed class CopyWatch
{
    private readonly Dictionary<string, (StateCopy Copy, byte[] Json)> _last = [];

    public int Copies { get; private set; }

    /// <summary>Fields whose type cannot be copied.</summary>
    public SortedSet<string> WrittenAtOnce { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields whose saved state is not what the role held when it was saved.</summary>
    public SortedSet<string> Differing { get; } = new(StringComparer.Ordinal);

    public ILogSession Over(string role, ILogSession inner, SimulatedWorld world) =>
        new Session(this, role, inner, world);

    private void Look(string role, CommitBatch commit, SimulatedWorld world)
    {
        if (world.SeatOf(role).HeldRole is not { } held) return;
        var now = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        held.State.SaveAll((field, json) => now[field] = json!);
        foreach (var write in commit.State)
        {
            if (write.Copy is not { } copy) continue;
            Copies++;
            if (copy.IsWritten) WrittenAtOnce.Add($"{role} {write.Field}");
            var key = $"{role} {write.Field}";
            // The one before is asked only now, after the role has gone on.
            if (_last.TryGetValue(key, out var before) && !before.Copy.Json.AsSpan().SequenceEqual(before.Json))
                Differing.Add(key);
            _last[key] = (copy, now[write.Field]);
        }
    }

    private sealed class Session(CopyWatch watch, string role, ILogSession inner, SimulatedWorld world)
        : TamperedSession(inner, world)
    {
        public override CommitReply Commit(CommitBatch commit)
        {
            var reply = Inner.Commit(commit);
            // One that was taken over from is refused, and its state is no longer the seat's.
            if (reply == CommitReply.Ok && role != RoleNames.Venue) watch.Look(role, commit, World);
            return reply;
        }
    }
}
