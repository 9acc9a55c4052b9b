using Quantum.Audit;

namespace Quantum.Audit.Tests;

/// <summary>One state of a stream with one group, and what is true of it.</summary>
internal sealed record LagCase(string Name, Action<ModelWorld> Act, long Unread, long Destroyed,
    Bound Bound = Bound.Exact);

/// <summary>The states in which reported lag is known to be nil, wrong or stuck, and their neighbours.</summary>
internal static class LagCases
{
    public static IReadOnlyList<LagCase> All { get; } =
    [
        new("trimmed past the position", Trimmed, 20, 70),
        new("…one read after that", w => { Trimmed(w); w.Read("g", 1); }, 19, 0),
        new("…everything read after that", w => { Trimmed(w); w.Read("g", 100); }, 0, 0),
        new("one entry ahead deleted", DeletedAhead, 7, 1, Bound.AtMost),
        new("…read past the hole", w => { DeletedAhead(w); w.Read("g", 3); }, 4, 0),
        new("…read to the end", w => { DeletedAhead(w); w.Read("g", 100); }, 0, 0),
        new("set to a middle id", w => { Ten(w); w.Read("g", 1); w.SetId("g", 5); }, 6, 0),
        new("created at a middle id", w => { w.Add(10); w.Group("g", 5); }, 6, 0),
        new("created at the last id, then one added", w => { w.Add(10); w.Group("g", 11); w.Add(); }, 1, 0),
        new("two read, three deleted, one of them ahead", ThreeDeleted, 1, 1, Bound.AtMost),
        new("trimmed before the position", w => { Ten(w); w.Read("g", 5); w.TrimTo(7); }, 5, 0),
        new("trimmed at the position", w => { Ten(w); w.Read("g", 5); w.TrimTo(6); }, 5, 0),
        new("trimmed just behind the position", w => { Ten(w); w.Read("g", 5); w.TrimTo(5); }, 5, 0),
        new("trimmed one past the position", w => { Ten(w); w.Read("g", 5); w.TrimTo(4); }, 4, 1),
        new("deleted behind the position", w => { Ten(w); w.Read("g", 5); w.Delete(3); }, 5, 0),
        new("never read and trimmed", w => { Ten(w); w.TrimTo(3); }, 3, 7),
        new("trimmed to nothing", w => { Ten(w); w.Read("g", 4); w.TrimTo(0); }, 0, 6),
        new("empty", w => w.Group("g", 0), 0, 0),
        new("made anew", w => { Ten(w); w.Recreate(); w.Add(3); w.Group("g", 0); }, 3, 0),
        new("last entry deleted after it was read", w => { Ten(w); w.Read("g", 10); w.Delete(11); }, 0, 0),
        new("last entry deleted unread", w => { Ten(w); w.Read("g", 9); w.Delete(11); }, 0, 1, Bound.AtMost),
        new("everything deleted unread", w => { Ten(w); DeleteAll(w); }, 0, 10),
    ];

    private static void DeleteAll(ModelWorld world)
    {
        foreach (var id in world.Model.Alive) world.Delete(id);
    }

    private static void Ten(ModelWorld world)
    {
        world.Group("g", 0);
        world.Add(10);
    }

    private static void Trimmed(ModelWorld world)
    {
        world.Group("g", 0);
        world.Add(100);
        world.Read("g", 10);
        world.TrimTo(20);
    }

    private static void DeletedAhead(ModelWorld world)
    {
        Ten(world);
        world.Read("g", 2);
        world.Delete(5);
    }

    private static void ThreeDeleted(ModelWorld world)
    {
        world.Group("g", 0);
        world.Add(4);
        world.Read("g", 2);
        foreach (var id in world.Model.Alive[..3]) world.Delete(id);
    }
}
