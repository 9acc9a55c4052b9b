namespace Quantum.Simulation.Hostile;

/// <summary>
/// Throws mutated entries at every stream of a system on paper that trades meanwhile: nothing may crash, turn without
/// end, or be dropped without a word. Everything follows from the seed.
/// </summary>
public static class HostileRun
{
    private const int EntriesOfWorld = 5_000;
    private const int MostRounds = 3_000;
    private const int MostEndless = 10;

    /// <summary>One run.</summary>
    /// <param name="seed">Where all chance comes from.</param>
    /// <param name="entries">How many hostile entries, from 1.</param>
    /// <param name="cancel">Ends it early.</param>
    public static HostileResult Of(long seed, long entries, CancellationToken cancel = default) =>
        Of(seed, entries, static maker => maker, cancel: cancel);

    /// <summary>The same with roles that something is wrong with, or fewer rounds to a turn.</summary>
    internal static HostileResult Of(
        long seed, long entries, Func<Func<Role>, Func<Role>> alter, int mostRounds = MostRounds,
        CancellationToken cancel = default)
    {
        var result = new HostileResult();
        // What goes wrong in every world goes wrong in the first few: no need to wait for the rest.
        for (var number = 0; result.Entries < entries && result.EndlessTurns < MostEndless; number++)
        {
            using var world = new HostileWorld(unchecked(seed * 1_000_003 + number), result, alter, mostRounds);
            world.Run((int)Math.Min(EntriesOfWorld, entries - result.Entries), cancel);
        }

        return result;
    }
}
